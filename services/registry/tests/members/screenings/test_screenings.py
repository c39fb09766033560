"""五步排查法: five steps in their order, every unit verified before the ledger, and whom the round brought to light."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
STEPS = ("queried", "verified", "compiled", "followed")
DAY = "2025-03-05"
EVIDENCE = {"shown_on": "2025-04-10", "evidence": "原党组织开具的党员身份证明"}


async def started(officer: Any, organization: Any) -> Any:
    about = {"title": "2025 年上半年党员排查", "division_of_work": "镇街干部每人包 20 家单位"}
    return await officer.made("/screenings", **about, organization_id=organization["id"], started_on=DAY)


async def step(officer: Any, screening: Any, to: str, day: str = "2025-03-20") -> Any:
    current = (await officer.get(f"/screenings/{screening['id']}")).json()
    path = f"/screenings/{screening['id']}/steps"
    return await officer.post(path, {"to": to, "done_on": day}, version=current["version"])


async def verified(officer: Any, screening: Any, units: list[Any], targets: int = 0) -> Any:
    entries = [
        {"unit_id": unit["id"], "verified_on": "2025-03-18", "is_target": place < targets}
        for place, unit in enumerate(units)
    ]
    return await officer.post(f"/screenings/{screening['id']}/units", {"units": entries})


async def found(officer: Any, organization: Any, kind: str = "hidden", **fields: Any) -> Any:
    about = {"name": "张某", "kind": kind, "found_by": "organization", "found_on": "2025-03-18"}
    return await officer.made("/found-members", **about, organization_id=organization["id"], **fields)


class TestScreening:
    @pytest.mark.feature("R10")
    async def test_of_500_units_finds_167_and_flags_100_targets_and_skips_no_step(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        units = [await registers.unit(town) for _ in range(500)]
        screening = await started(officer, town)

        skipped = await step(officer, screening, "compiled")
        for to in STEPS[:2]:
            assert (await step(officer, screening, to)).status_code == 201
        early = await step(officer, screening, "compiled")
        answer = await verified(officer, screening, units, targets=100)
        for number in range(167):
            kind = ("floating", "pocket", "hidden")[number % 3]
            await found(officer, town, kind, screening_id=screening["id"], unit_id=units[number]["id"])
        for to in STEPS[2:]:
            assert (await step(officer, screening, to)).status_code == 201
        seen = (await officer.get(f"/screenings/{screening['id']}")).json()
        targets = await officer.get("/screened-units", screening_id=screening["id"], is_target=True, with_total=True)

        assert (skipped.status_code, skipped.json()["code"]) == (409, "step-order")
        assert (early.status_code, early.json()["code"]) == (409, "step-not-finished")
        assert early.json()["detail"] == "“核实情况”尚未完成:还有 500 家单位没有核实"
        assert answer.status_code == 201
        counts = {name: seen[name] for name in ("units", "verified", "found", "targets", "shown")}
        assert counts == {"units": 500, "verified": 500, "found": 167, "targets": 100, "shown": 0}
        assert (seen["stage"], seen["compiled_on"]) == ("followed", "2025-03-20")
        assert targets.json()["total"] == 100

    async def test_verifies_units_of_its_area_once_and_after_the_second_step(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        unit, foreign = [await registers.unit(town) for town in district.towns]
        screening = await started(officer, district.towns[0])

        early = await verified(officer, screening, [unit])
        for to in STEPS[:2]:
            await step(officer, screening, to)
        strange = await verified(officer, screening, [unit, foreign])
        first = await verified(officer, screening, [unit])
        twice = await verified(officer, screening, [unit])

        assert (early.status_code, early.json()["code"]) == (409, "wrong-step")
        assert (strange.status_code, strange.json()["code"]) == (422, "unit-not-of-screening")
        assert [one["pointer"] for one in strange.json()["errors"]] == ["/body/units/1/unit_id"]
        assert first.json()["verified"] == 1
        assert (twice.status_code, twice.json()["code"]) == (409, "unit-already-screened")

    async def test_tells_its_ledger_and_takes_it_back_when_void(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        unit = await registers.unit(district.towns[0])
        screening = await started(officer, district.towns[0])
        for to in STEPS[:2]:
            await step(officer, screening, to)
        await verified(officer, screening, [unit])
        compiled = (await step(officer, screening, "compiled")).json()

        mistake = {"reason": "与上一轮重复"}
        void = await officer.post(f"/screenings/{screening['id']}/void", mistake, version=compiled["version"])

        told = registers.events("registry.screening.compiled.v1")
        assert void.status_code == 200
        assert [(one["compiled_on"], one["holds"]) for one in told] == [("2025-03-20", True), ("2025-03-20", False)]


class TestFoundMember:
    @pytest.mark.feature("R20")
    async def test_shows_with_day_and_evidence_and_23_of_167_are_counted(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        await registers.unit(town)
        screening = await started(officer, town)
        members = [await found(officer, town, screening_id=screening["id"]) for _ in range(167)]
        path = f"/found-members/{members[0]['id']}/showing"

        refused = [await officer.post(path, body, version=1) for body in ({}, {"shown_on": "2025-04-10"})]
        early = await officer.post(path, {**EVIDENCE, "shown_on": "2025-03-17"}, version=1)
        for one in members[:23]:
            answer = await officer.post(f"/found-members/{one['id']}/showing", EVIDENCE, version=1)
            assert answer.status_code == 201, answer.text
        again = await officer.post(path, EVIDENCE, version=2)
        shown = await officer.get("/found-members", is_shown=True, with_total=True)
        counted = (await officer.get(f"/screenings/{screening['id']}")).json()

        assert [one.status_code for one in refused] == [422, 422]
        assert (early.status_code, early.json()["code"]) == (422, "wrong-dates")
        assert (again.status_code, again.json()["code"]) == (409, "already-shown")
        assert shown.json()["total"] == 23
        assert (counted["found"], counted["shown"]) == (167, 23)

    async def test_is_of_a_standing_round_of_the_same_organisation(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("district_officer", district.work)
        other = await started(officer, district.towns[1])
        body = {"name": "李某", "kind": "pocket", "found_by": "member", "found_on": "2025-03-18"}

        answer = await officer.post(
            "/found-members", {**body, "organization_id": district.towns[0]["id"], "screening_id": other["id"]}
        )

        assert (answer.status_code, answer.json()["code"]) == (422, "unknown-found-place")
