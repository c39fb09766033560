"""一企一策、一社一策: a unit without an organisation has a plan or is found."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
PLAN = {
    "content": "选派指导员,年内建立支部",
    "responsible": "赵指导",
    "planned_on": "2025-01-10",
    "due_on": "2025-12-31",
}


class TestUnitPlan:
    async def test_of_another_town_or_of_wrong_days_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        own, other = [await registers.unit(town) for town in district.towns]
        wrong = [{"unit_id": other["id"]}, {"due_on": "2025-01-09"}, {"planned_on": "2099-01-01"}]

        codes = [
            (await officer.post("/unit-plans", {"unit_id": own["id"], **PLAN, **one})).json()["code"] for one in wrong
        ]
        await officer.made("/unit-plans", unit_id=own["id"], **PLAN)
        twice = await officer.post("/unit-plans", {"unit_id": own["id"], **PLAN})

        assert codes == ["unknown-unit", "wrong-dates", "wrong-dates"]
        assert (twice.status_code, twice.json()["code"]) == (409, "unit-already-planned")

    @pytest.mark.feature("R22")
    async def test_is_asked_for_of_units_without_an_organisation(self, registers: Any) -> None:
        district = await registers.district()
        town, branch = district.towns[0], district.branches[0]
        officer = await registers.office("town_officer", town)
        bare, planned, covered, served = [await registers.unit(town) for _ in range(4)]
        for unit, mode in ((covered, "single"), (served, "one_plus_n")):
            link = {"organization_id": branch["id"], "mode": mode, "valid_from": "2020-01-01"}
            await officer.made(f"/units/{unit['id']}/coverage-links", **link)
        plan = await officer.made("/unit-plans", unit_id=planned["id"], **PLAN)

        async def found() -> set[str]:
            items = (await officer.get("/findings", code="unit_without_plan")).json()["items"]
            return {one["subject_id"] for one in items}

        before = await found()
        ended = await officer.ended(f"/unit-plans/{plan['id']}", 1, ended_on="2025-03-01")
        after = await found()
        again = await officer.made("/unit-plans", unit_id=planned["id"], **PLAN)
        await officer.post(f"/unit-plans/{again['id']}/void", {"reason": "重复登记"}, version=1)

        assert (before, after) == ({bare["id"], served["id"]}, {bare["id"], served["id"], planned["id"]})
        assert ended["ended_on"] == "2025-03-01"
        assert await found() == after
        standing = (await officer.get("/unit-plans", as_of="2025-02-01")).json()["items"]
        assert [one["id"] for one in standing] == [plan["id"]]
        assert "赵指导,2025-01-10,2025-12-31,2025-03-01" in (await officer.get("/unit-plans/export", format="csv")).text
