"""What is counted of members: every share beside its base, with the figures of the seeds."""

import io
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from demo.district.codes import id_number
from services.registry.tests.registers import DIVISION

pytestmark = pytest.mark.anyio
COPY = """
INSERT INTO members (id, name, search_keys, id_number_sealed, id_number_index, birth_on, sex, education_code, stage,
    joined_on, organization_id, unit_id, root_id, is_active, version)
SELECT gen_random_uuid(), name, search_keys, id_number_sealed, decode(md5(random()::text), 'hex'), birth_on, sex,
    education_code, stage, joined_on, organization_id, unit_id, root_id, is_active, version
FROM members, generate_series(2, %s) WHERE id = %s
"""


def born(registers: Any, day: str) -> str:
    return id_number(DIVISION, date.fromisoformat(day), registers.next())


async def members(registers: Any, organization: Any, number: int, born_on: str = "1980-05-06", **fields: Any) -> Any:
    """As many as are asked for, all alike; answers the first."""
    officer = await registers.office("district_officer", {"id": organization["root_id"]})
    person = {"name": "王小明", "id_number": born(registers, born_on), "stage": "formal"}
    first = await officer.made("/members", **person, organization_id=organization["id"], **fields)
    registers.execute(COPY, number, first["id"])
    return first


async def found(office: Any, **query: Any) -> dict[str, Any]:
    answer = await office.get("/member-statistics", **query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def figures(statistics: dict[str, Any]) -> dict[str, tuple[int, int, str | None]]:
    return {one["code"]: (one["people"], one["base"], one["share"]) for one in statistics["figures"]}


class TestMemberStatistics:
    async def test_of_an_organisation_out_of_reach_answers_like_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        secretary = await registers.office("branch_secretary", district.branches[0])

        answer = await secretary.get("/member-statistics", organization_id=district.towns[0]["id"])

        assert (answer.status_code, answer.json()["code"]) == (404, "organization-not-found")

    async def test_of_a_day_to_come_is_refused(self, registers: Any) -> None:
        answer = await (await registers.administrator()).get("/member-statistics", as_of="2099-01-01")

        assert (answer.status_code, answer.json()["code"]) == (422, "day-in-future")

    @pytest.mark.feature("R60")
    async def test_says_of_105_members_who_is_young_and_who_holds_a_post_half_up(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        branch = district.branches[0]
        await members(registers, branch, 38, "1992-05-06", education="21")
        await members(registers, branch, 51, "1980-05-06", education="30")
        await members(registers, district.branches[1], 40)
        deputies = [await registers.member(branch, id_number=born(registers, "1970-05-06")) for _ in range(16)]
        for one in deputies:
            post = {"member_id": one["id"], "organization_id": branch["id"], "kind": "deputy_secretary"}
            await officer.made("/posts", **post, valid_from="2021-01-01")

        counted = await found(officer, as_of="2024-06-30")

        told = figures(counted)
        assert counted["members"] == 105
        assert told["age_0_35"] == (38, 105, "36.19")
        assert (told["deputy_secretary"], told["any_post"]) == ((16, 105, "15.24"), (16, 105, "15.24"))
        assert (told["age_36_45"], told["age_46_55"]) == ((51, 105, "48.57"), (16, 105, "15.24"))
        assert (told["secretary"], told["any_unit_post"]) == ((0, 105, "0.00"), (0, 105, "0.00"))
        assert "2024-06-30 在册的正式党员和预备党员" in counted["denominator_scope"]

    @pytest.mark.feature("R60")
    async def test_adds_education_up_so_that_63_of_a_hundred_are_among_the_82(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        for number, education in ((3, "14"), (60, "20"), (19, "33"), (10, "60"), (5, "71"), (2, "90"), (1, None)):
            known = {"education": education} if education else {}
            await members(registers, district.branches[0], number, **known)

        told = figures(await found(administrator))

        assert told["postgraduate_and_above"] == (3, 100, "3.00")
        assert (told["bachelor_and_above"], told["college_and_above"]) == ((63, 100, "63.00"), (82, 100, "82.00"))
        assert (told["secondary_and_above"], told["any_level"]) == ((92, 100, "92.00"), (97, 100, "97.00"))
        assert told["not_known"] == (3, 100, "3.00")

    async def test_counts_full_years_on_the_day_itself(self, registers: Any) -> None:
        district = await registers.district()
        secretary = await registers.office("branch_secretary", district.branches[0])
        await registers.member(district.branches[0], id_number=born(registers, "1988-06-30"))

        before, on = [figures(await found(secretary, as_of=day)) for day in ("2024-06-29", "2024-06-30")]

        assert (before["age_0_35"][0], before["age_36_45"][0]) == (1, 0)
        assert (on["age_0_35"][0], on["age_36_45"][0]) == (0, 1)

    async def test_leaves_out_who_has_left_is_not_yet_in_the_party_or_was_a_mistake(self, registers: Any) -> None:
        district = await registers.district()
        branch, officer = district.branches[0], await registers.office("district_officer", district.root)
        leaver, mistake, *_ = [
            await registers.member(branch, stage=stage, joined_on="2021-07-01")
            for stage in ("probationary", "formal", "formal")
        ]
        await registers.member(branch, stage="activist")
        await officer.patch(f"/members/{leaver['id']}", {"left_on": "2024-10-10"}, version=1)
        await officer.post(f"/members/{mistake['id']}/void", {"reason": "重复登记"}, version=1)

        counted = [(await found(officer, as_of=day))["members"] for day in ("2021-06-30", "2024-10-09", "2024-10-10")]

        assert counted == [0, 2, 1]

    async def test_divides_by_workplace_and_narrows_to_kinds_of_it(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        association = await registers.unit(district.towns[0], kind="social_group")
        await members(registers, district.branches[0], 3, unit_id=association["id"])
        chair = await members(registers, district.branches[0], 1, unit_id=association["id"])
        held = {"member_id": chair["id"], "unit_id": association["id"], "title": "会长", "valid_from": "2024-01-01"}
        await officer.made("/unit-posts", **held)
        await members(registers, district.branches[0], 4)

        whole, narrow = figures(await found(officer)), await found(officer, unit_kind="social_group")

        assert (whole["social_group"], whole["none"]) == ((4, 8, "50.00"), (4, 8, "50.00"))
        assert figures(narrow)["any_unit_post"] == (1, 4, "25.00")
        assert "只统计在社会团体工作的" in narrow["denominator_scope"]

    async def test_of_nobody_has_no_shares(self, registers: Any) -> None:
        district = await registers.district()

        counted = await found(await registers.office("town_officer", district.towns[0]))

        assert {one["share"] for one in counted["figures"]} == {None}

    async def test_is_exported_with_headings_and_the_same_figures(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        await members(registers, district.branches[0], 3, "1992-05-06")

        answer = await officer.get("/member-statistics/export", as_of="2024-06-30")
        headings, *rows = load_workbook(io.BytesIO(answer.content)).active.values

        assert headings == ("分类", "项目代码", "项目", "人数", "基数", "占比(%)")
        assert ("年龄", "age_0_35", "35 岁及以下", 3, 3, 100) in rows
        assert len(rows) == len((await found(officer))["figures"])


class TestMembersAmongTheStaffOfEnterprises:
    @pytest.mark.feature("R61")
    async def test_are_155_of_10600_and_a_year_later_193_of_11799(self, registers: Any) -> None:
        """1.46 per cent, and 1.64: wherever they belong, and nobody of another town or of a social group."""
        district = await registers.district()
        town, other = district.towns
        officer = await registers.office("town_officer", town)
        first = await registers.unit(town, staff_count=10600)
        later = await registers.unit(town, staff_count=1199, counted_from="2025-01-01")
        association = await registers.unit(town, kind="social_group", staff_count=50)
        elsewhere = await registers.unit(other, staff_count=70)
        await members(registers, district.branches[0], 150, unit_id=first["id"], joined_on="2010-07-01")
        await members(registers, district.branches[1], 5, unit_id=first["id"], joined_on="2010-07-01")
        await members(registers, district.branches[0], 38, unit_id=later["id"], joined_on="2010-07-01")
        await members(registers, district.branches[0], 9, unit_id=association["id"], joined_on="2010-07-01")
        await members(registers, district.branches[0], 7, unit_id=elsewhere["id"], joined_on="2010-07-01")

        told = [await found(officer, as_of=day) for day in ("2024-12-31", "2025-12-31")]

        assert [figures(one)["members_among_staff"] for one in told] == [(155, 10600, "1.46"), (193, 11799, "1.64")]
        assert [one["enterprises"] for one in told] == [1, 2]

    async def test_names_how_many_enterprises_have_no_staff_count(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        await registers.unit(district.towns[0], staff_count=60)
        await registers.unit(district.towns[0])

        told = await found(officer)

        assert (told["enterprises"], told["enterprises_without_staff_count"]) == (2, 1)
        assert figures(told)["members_among_staff"] == (0, 60, "0.00")
