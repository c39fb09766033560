"""A town plans to develop five to eight members a year: fewer is amber, more needs a note; the year is judged."""

from typing import Any

import pytest

from services.registry.tests.members.relations import Relations

pytestmark = pytest.mark.anyio
YEAR = "registry.development_year.judged.v1"


async def plan(relations: Relations, planned: int, year: int = 2025, **fields: Any) -> Any:
    town = relations.district.towns[0]["id"]
    body = {"organization_id": town, "year": year, "planned": planned, **fields}
    return await relations.above.post("/development-plans", body)


class TestPlan:
    @pytest.mark.feature("R41")
    async def test_of_a_town_is_five_to_eight_below_amber_above_with_a_note(self, relations: Relations) -> None:
        lights = [(await plan(relations, planned, year)).json()["light"] for year, planned in ((2022, 4), (2023, 5))]
        most = await plan(relations, 8, 2024)
        unexplained = await plan(relations, 9)
        explained = await plan(relations, 9, note="新建园区,申请人较多")

        assert lights == ["amber", "green"]
        assert most.json()["light"] == "green"
        assert (unexplained.status_code, unexplained.json()["code"]) == (422, "plan-needs-note")
        assert (explained.status_code, explained.json()["light"]) == (201, "green")

    async def test_stands_once_a_year_and_is_corrected(self, relations: Relations) -> None:
        made = (await plan(relations, 5)).json()
        path = f"/development-plans/{made['id']}"
        again = await plan(relations, 6)
        more = await relations.above.patch(path, {"planned": 9}, version=1)
        corrected = await relations.above.patch(path, {"planned": 8}, version=1)

        assert (again.status_code, again.json()["code"]) == (409, "already-planned")
        assert (more.status_code, more.json()["code"]) == (422, "plan-needs-note")
        assert (corrected.status_code, corrected.json()["planned"]) == (200, 8)
        (line,) = (await relations.above.get(f"{path}/history")).json()["items"]
        assert (line["title"], line["old"], line["new"]) == ("计划发展人数", "5", "8")

    async def test_of_a_branch_may_be_one(self, relations: Relations) -> None:
        body = {"organization_id": relations.district.branches[0]["id"], "year": 2025, "planned": 1}

        assert (await relations.above.made("/development-plans", **body))["light"] == "green"


class TestYear:
    async def test_is_fulfilled_by_who_was_received_below_it_and_complete_without_a_late_step(
        self, relations: Relations
    ) -> None:
        await plan(relations, 5)
        for number, due_on in enumerate((None, None, None, None, "2025-12-01")):
            branch = relations.district.branches[0]
            person = await relations.registers.member(branch, stage="applicant")
            opened = await relations.old.made(f"/members/{person['id']}/developments", applied_on="2023-01-04")
            change = "UPDATE developments SET step = 'oath', received_on = %s, due_on = %s WHERE id = %s"
            relations.registers.execute(change, f"2025-02-{number + 1:02d}", due_on, opened["id"])
        await relations.on("2026-01-01")
        await relations.night()
        relations.registers.execute("UPDATE developments SET due_on = NULL")
        await relations.night()

        told = {one["organization_id"]: one for one in relations.registers.events(YEAR) if one["year"] == 2025}
        town, branch_year = (told[one["id"]] for one in (relations.district.towns[0], relations.district.branches[0]))
        assert (town["planned"], town["developed"], town["is_fulfilled"]) == (5, 5, True)
        assert (branch_year["cases"], branch_year["late"], branch_year["is_complete"]) == (5, 1, False)
        assert len(told) == len(relations.registers.events(YEAR))
