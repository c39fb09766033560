"""三同步: what is told twice changes nothing, and three members who are told of open the task to set up."""

import asyncio
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


def told(registers: Any, town: Any, **fields: Any) -> dict[str, Any]:
    notice = {
        "event_number": "SCJG-1",
        "kind": "registration",
        "code": registers.unit_code(),
        "name": "晨光制造有限公司",
    }
    notice |= {"unit_kind": "non_public_enterprise", "jurisdiction_id": town["id"], "occurred_on": "2025-03-18"}
    return {**notice, **fields}


class TestNotice:
    @pytest.mark.feature("R24")
    @pytest.mark.parametrize(("formal", "tasks"), [(3, 1), (2, 0), (None, 0)])
    async def test_of_a_registration_with_three_members_opens_the_task_to_set_up(
        self, registers: Any, formal: int | None, tasks: int
    ) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        notice = await officer.made("/unit-notices", **told(registers, district.towns[0], formal_members=formal))
        found = (await officer.get("/findings", code="unit_should_have_organization")).json()["items"]

        assert notice["is_new_unit"] is True
        assert [(one["subject_id"], one["value"]) for one in found] == [(notice["unit_id"], 3)] * tasks
        unit = (await officer.get(f"/units/{notice['unit_id']}")).json()
        assert (unit["name"], unit["jurisdiction_id"]) == ("晨光制造有限公司", district.towns[0]["id"])

    @pytest.mark.feature("R24")
    async def test_told_twice_answers_the_same_and_a_code_stands_for_one_unit(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        notice = told(registers, district.towns[0], formal_members=3)

        both = await asyncio.gather(*(officer.post("/unit-notices", notice) for _ in range(2)))
        other = await officer.made("/unit-notices", **notice | {"event_number": "SCJG-2", "kind": "inspection"})
        differs = await officer.post("/unit-notices", notice | {"kind": "evaluation"})

        assert [one.status_code for one in both] == [201, 201]
        assert both[0].json() == both[1].json()
        assert (other["unit_id"], other["is_new_unit"]) == (both[0].json()["unit_id"], False)
        assert (differs.status_code, differs.json()["code"]) == (409, "event-id-taken")
        assert (await officer.get("/units", with_total=True)).json()["total"] == 1
        assert len(registers.events("registry.unit_notice.received.v1")) == 2

    async def test_of_later_corrects_how_many_members_there_are(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        notice = told(registers, district.towns[0], formal_members=3)
        await officer.made("/unit-notices", **notice)
        later = {"event_number": "SCJG-3", "kind": "inspection", "occurred_on": "2025-03-19", "formal_members": 1}

        await officer.made("/unit-notices", **notice | later)

        assert (await officer.get("/findings", code="unit_should_have_organization")).json()["items"] == []

    async def test_of_a_unit_of_another_town_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer, other = [await registers.office("town_officer", town) for town in district.towns]
        notice = told(registers, district.towns[0])
        await officer.made("/unit-notices", **notice)

        replayed = await other.post("/unit-notices", notice)
        taken = await other.post("/unit-notices", notice | {"event_number": "SCJG-4"})

        assert (replayed.json()["code"], taken.json()["code"]) == ("event-id-taken", "unit-code-taken")
        assert (await other.get("/unit-notices")).json()["items"] == []
