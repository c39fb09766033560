"""四同四进: eight checks of a project, and one without the clause in its contract is found."""

from typing import Any

import pytest

from registry.units.projects.kinds import ProjectCheck

pytestmark = pytest.mark.anyio
PROJECT = {"name": "新能源电池二期", "signed_on": "2025-02-18"}


class TestProject:
    async def test_of_another_town_or_of_tomorrow_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        other = await registers.unit(district.towns[1])
        good = {**PROJECT, "organization_id": district.towns[0]["id"]}
        wrong = [{"organization_id": district.towns[1]["id"]}, {"signed_on": "2099-01-01"}, {"unit_id": other["id"]}]

        codes = [(await officer.post("/investment-projects", {**good, **one})).json()["code"] for one in wrong]

        assert codes == ["unknown-project-organization", "wrong-dates", "unknown-unit"]

    @pytest.mark.feature("R66")
    async def test_has_eight_checks_and_without_the_clause_is_found(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        every = [one.value for one in ProjectCheck]
        about = {"organization_id": town["id"], **PROJECT}
        whole = await officer.made("/investment-projects", **about, checks=every)
        bare = await officer.made(
            "/investment-projects", **about, checks=[one for one in every if one != "in_the_contract"]
        )
        mistake = await officer.made("/investment-projects", **about)

        async def found() -> set[str]:
            items = (await officer.get("/findings", code="project_without_clause")).json()["items"]
            return {one["subject_id"] for one in items}

        before = await found()
        await officer.post(f"/investment-projects/{mistake['id']}/void", {"reason": "重复登记"}, version=1)
        void = await officer.patch(f"/investment-projects/{mistake['id']}", {"checks": every}, version=2)
        without = (await officer.get("/investment-projects", has_clause=False)).json()["items"]
        signed = await officer.patch(f"/investment-projects/{bare['id']}", {"checks": every}, version=1)
        emptied = await officer.patch(f"/investment-projects/{bare['id']}", {"checks": None}, version=2)

        assert (len(every), whole["has_clause"], bare["has_clause"]) == (8, True, False)
        assert before == {bare["id"], mistake["id"]}
        assert (void.json()["code"], [one["id"] for one in without]) == ("record-void", [bare["id"]])
        assert (signed.json()["has_clause"], emptied.status_code, await found()) == (True, 422, set())
        assert "新能源电池二期" in (await officer.get("/investment-projects/export", format="csv")).text
