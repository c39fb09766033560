from typing import Any

import pytest

pytestmark = pytest.mark.anyio
MISSING = "01900000-0000-7000-8000-000000000000"


async def cover(registers: Any, unit: dict[str, Any], organization: dict[str, Any], mode: str = "single") -> str:
    administrator = await registers.administrator()
    body = {"organization_id": organization["id"], "mode": mode, "valid_from": "2021-01-01"}
    covered = await administrator.made(f"/units/{unit['id']}/coverage-links", **body)
    return str(covered["coverage_links"][-1]["id"])


async def figures(office: Any, organization: dict[str, Any], **query: Any) -> tuple[int, int, int, int]:
    answer = await office.get("/coverage", organization_id=organization["id"], **query)
    assert answer.status_code == 200, answer.text
    total = answer.json()["total"]
    return total["units"], total["covered_units"], total["single_units"], total["worked_units"]


class TestCoverage:
    async def test_of_another_town_answers_like_that_of_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        for organization_id in (district.towns[1]["id"], MISSING):
            answer = await officer.get("/coverage", organization_id=organization_id)
            assert (answer.status_code, answer.json()["code"]) == (404, "organization-not-found")

    async def test_names_a_missing_organisation_once(self, registers: Any) -> None:
        answer = await (await registers.administrator()).get("/coverage")

        assert answer.json()["errors"] == [{"pointer": "/query/organization_id", "message": "必填"}]

    async def test_of_a_day_to_come_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.get("/coverage", organization_id=district.towns[0]["id"], as_of="2099-01-01")

        assert (answer.status_code, answer.json()["code"]) == (422, "day-in-future")

    @pytest.mark.feature("R13")
    async def test_counts_each_unit_once_by_the_three_formulas(self, registers: Any) -> None:
        district = await registers.district()
        town, branch = district.towns[0], district.branches[0]
        joint = await registers.organization("joint_branch", town)
        regional = await registers.organization("branch", town)
        single, shared, served, union, _ = [
            await registers.unit(town, mass_organizations=["union"] if number == 3 else []) for number in range(5)
        ]
        await cover(registers, single, branch)
        await cover(registers, single, joint, "joint")
        await cover(registers, shared, joint, "joint")
        await cover(registers, served, regional, "one_plus_n")
        administrator = await registers.administrator()

        assert await figures(administrator, town) == (5, 2, 1, 4)
        assert await figures(administrator, district.root) == (5, 2, 1, 4)
        assert await figures(administrator, district.towns[1]) == (0, 0, 0, 0)
        assert union["mass_organizations"] == ["union"]

    @pytest.mark.feature("R14")
    async def test_of_a_past_day_does_not_change_when_the_present_does(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        unit = await registers.unit(district.towns[0])
        link_id = await cover(registers, unit, district.branches[0])

        ended = {"ended_on": "2024-01-01"}
        await administrator.ended(f"/units/{unit['id']}/coverage-links/{link_id}", 2, **ended)

        town = district.towns[0]
        days = ("2019-12-31", "2020-06-30", "2021-01-01", "2023-12-31", "2024-01-01")
        found = [await figures(administrator, town, as_of=day) for day in days]
        assert found == [(0, 0, 0, 0), (1, 0, 0, 0), (1, 1, 1, 1), (1, 1, 1, 1), (1, 0, 0, 0)]

    async def test_follows_where_organisations_hung_on_the_day(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        await registers.unit(district.branches[0])
        body = {"parent_id": district.towns[1]["id"], "moved_on": "2024-05-01"}
        await administrator.post(f"/organizations/{district.branches[0]['id']}/moves", body, version=1)

        for day, units in (("2024-04-30", (1, 0)), ("2024-05-01", (0, 1))):
            found = [(await figures(administrator, town, as_of=day))[0] for town in district.towns]
            assert tuple(found) == units

    @pytest.mark.feature("R03")
    async def test_of_a_town_leaves_out_units_of_directly_managed_organisations(self, registers: Any) -> None:
        district = await registers.district()
        direct = await registers.organization("branch", district.work)
        administrator = await registers.administrator()
        await cover(registers, await registers.unit(district.towns[0]), direct)
        await cover(registers, await registers.unit(district.towns[0]), district.branches[0])

        assert await figures(administrator, district.towns[0]) == (1, 1, 1, 1)
        assert await figures(administrator, district.root) == (2, 2, 2, 2)

    async def test_narrows_its_denominator_by_kind_and_size(self, registers: Any) -> None:
        district = await registers.district()
        administrator, town = await registers.administrator(), district.towns[0]
        await registers.unit(town, staff_count=60)
        await registers.unit(town, kind="social_group", staff_count=10)

        assert (await figures(administrator, town, min_staff=50))[0] == 1
        assert (await figures(administrator, town, unit_kind="social_group"))[0] == 1
        assert (await figures(administrator, town, unit_kind="foundation"))[0] == 0

    @pytest.mark.feature("R26")
    async def test_white_spots_are_the_units_nothing_reaches(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        white, covered = await registers.unit(town), await registers.unit(town)
        await cover(registers, covered, district.branches[0])
        officer = await registers.office("town_officer", town)

        before = (await officer.get("/coverage/white-spots", organization_id=town["id"])).json()["items"]
        await cover(registers, white, district.branches[0], "joint")
        after = (await officer.get("/coverage/white-spots", organization_id=town["id"])).json()["items"]

        assert [one["id"] for one in before] == [white["id"]]
        assert after == []


class TestCoverageReport:
    async def test_keeps_its_figures_and_the_units_they_were_taken_over(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        await cover(registers, await registers.unit(town), district.branches[0])
        officer = await registers.office("town_officer", town)
        body = {"organization_id": town["id"], "title": "年中报告", "min_staff": 0}
        refused = await officer.post("/coverage-reports", body | {"organization_id": district.towns[1]["id"]})
        stated = await officer.made("/coverage-reports", organization_id=town["id"], title="年中报告")

        await registers.unit(town)

        kept = (await officer.get(f"/coverage-reports/{stated['id']}")).json()
        assert refused.status_code == 404
        assert kept["figures"]["total"]["organization_coverage"] == "100.00"
        assert kept["denominator_scope"]["units"] == 1
        other = await registers.office("town_officer", district.towns[1])
        assert (await other.get(f"/coverage-reports/{stated['id']}")).status_code == 404
        assert (await other.get("/coverage-reports")).json()["items"] == []
