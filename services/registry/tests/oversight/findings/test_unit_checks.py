"""Each finding about units, members, posts and instructors as a truth table."""

from datetime import date
from typing import Any

import pytest

from registry.members.members.kinds import Education, Ethnicity, MemberStage
from registry.oversight.findings.kinds import FindingCode as Code
from registry.tree.organizations.models import PartyOrganization
from registry.units.units.kinds import UnitKind
from services.registry.tests.oversight.findings.facts import FOUNDED, TODAY, Facts

pytestmark = pytest.mark.anyio
FULL: dict[str, Any] = {
    "ethnicity": Ethnicity.HAN,
    "education": Education.UNDERGRADUATE,
    "joined_on": date(2010, 7, 1),
    "confirmed_on": date(2011, 7, 1),
    "phone_sealed": b"sealed",
}


async def branch_of(facts: Facts) -> tuple[PartyOrganization, PartyOrganization]:
    town = await facts.town()
    return town, await facts.organization("支部", town)


class TestOrganizationOfAUnit:
    @pytest.mark.parametrize(
        ("formal", "probationary", "covered", "found"),
        [
            (2, 3, None, False),
            (3, 0, None, True),
            (3, 0, {"serves_without_members": True}, True),
            (3, 0, {}, False),
            (3, 0, {"valid_to": date(2025, 6, 1)}, True),
            (3, 0, {"valid_from": date(2025, 7, 1)}, True),
        ],
    )
    async def test_is_due_from_three_formal_members_on(
        self, facts: Facts, formal: int, probationary: int, covered: dict[str, Any] | None, *, found: bool
    ) -> None:
        town, branch = await branch_of(facts)
        unit = await facts.unit(town, "单位")
        await facts.members(formal, branch, unit_id=unit.id)
        await facts.members(probationary, branch, unit_id=unit.id, stage=MemberStage.PROBATIONARY)
        await facts.member(branch, unit_id=unit.id, left_on=date(2024, 1, 1))
        if covered is not None:
            await facts.link(unit, branch, **covered)

        assert await facts.found(Code.UNIT_SHOULD_HAVE_ORGANIZATION) == ({"单位": formal} if found else {})
        assert (await facts.responsible(Code.UNIT_SHOULD_HAVE_ORGANIZATION) == {town.id}) is found

    async def test_is_one_and_not_two(self, facts: Facts) -> None:
        town, branch = await branch_of(facts)
        other = await facts.organization("另一支部", town)
        for name, links in {"一个": 1, "两个": 2}.items():
            unit = await facts.unit(town, name)
            for covering in (branch, other)[:links]:
                await facts.link(unit, covering)
        served = await facts.unit(town, "一个又被服务")
        await facts.link(served, branch)
        await facts.link(served, other, serves_without_members=True)

        assert await facts.found(Code.UNIT_COVERED_TWICE) == {"两个": 2}


class TestReach:
    async def test_ends_where_nothing_of_three_is_left(self, facts: Facts) -> None:
        town, branch = await branch_of(facts)
        names = ("空白", "失去", "覆盖", "服务", "指导员", "工会")
        nothing, lost, covered, served, instructed, union = [await facts.unit(town, name) for name in names]
        for unit in (nothing, lost):
            await facts.counted(unit, date(2021, 3, 1))
        await facts.link(lost, branch, valid_to=date(2025, 2, 1))
        await facts.link(covered, branch)
        await facts.link(served, branch, serves_without_members=True)
        await facts.instructor(town, "指导员", [instructed])
        await facts.union(union)
        await facts.unit(town, "关闭", closed_on=date(2025, 1, 1))

        expected = {"空白": date(2021, 3, 1), "失去": date(2025, 2, 1)}
        assert await facts.found(Code.UNIT_WITHOUT_COVERAGE) == expected


class TestStaff:
    @pytest.mark.parametrize(
        ("staff", "stage", "found"),
        [
            (49, None, False),
            (50, None, True),
            (50, MemberStage.FORMAL, False),
            (50, MemberStage.PROBATIONARY, False),
            (50, MemberStage.ACTIVIST, True),
        ],
    )
    async def test_of_fifty_has_a_member(
        self, facts: Facts, staff: int, stage: MemberStage | None, *, found: bool
    ) -> None:
        town, branch = await branch_of(facts)
        unit = await facts.unit(town, "单位", staff_count=staff)
        if stage is not None:
            await facts.member(branch, unit_id=unit.id, stage=stage)
        await facts.member(branch, unit_id=unit.id, left_on=date(2024, 1, 1))

        assert await facts.found(Code.LARGE_UNIT_WITHOUT_MEMBER) == ({"单位": staff} if found else {})

    async def test_is_counted_everywhere(self, facts: Facts) -> None:
        town, _ = await branch_of(facts)
        await facts.unit(town, "没有填")
        await facts.unit(town, "填了零", staff_count=0)

        assert await facts.found(Code.UNIT_WITHOUT_STAFF_COUNT) == {"没有填": TODAY}


class TestActivist:
    async def test_is_there_every_year_in_every_enterprise(self, facts: Facts) -> None:
        town, branch = await branch_of(facts)
        stages: dict[str, dict[str, Any]] = {
            "申请人": {"stage": MemberStage.APPLICANT},
            "积极分子": {"stage": MemberStage.ACTIVIST},
            "发展对象": {"stage": MemberStage.PROSPECT},
            "今年接收": {"stage": MemberStage.PROBATIONARY, "joined_on": date(2025, 1, 1)},
            "去年接收": {"stage": MemberStage.PROBATIONARY, "joined_on": date(2024, 12, 31)},
            "离开": {"stage": MemberStage.ACTIVIST, "left_on": date(2025, 1, 1)},
        }
        for name, fields in stages.items():
            await facts.member(branch, unit_id=(await facts.unit(town, name)).id, **fields)
        await facts.unit(town, "没有人")
        await facts.unit(town, "协会", kind=UnitKind.SOCIAL_GROUP)

        first = date(2025, 1, 1)
        assert await facts.found(Code.ENTERPRISE_WITHOUT_ACTIVIST) == dict.fromkeys(
            ("申请人", "去年接收", "离开", "没有人"), first
        )


class TestMember:
    async def test_file_is_complete(self, facts: Facts) -> None:
        _, branch = await branch_of(facts)
        await facts.member(branch, "齐全", **FULL)
        await facts.member(branch, "缺手机", **FULL | {"phone_sealed": None})
        await facts.member(branch, "缺学历", **FULL | {"education": None})
        await facts.member(branch, "缺转正", **FULL | {"confirmed_on": None})
        await facts.member(branch, "预备", **FULL | {"confirmed_on": None, "stage": MemberStage.PROBATIONARY})
        dates = {"joined_on": None, "confirmed_on": None}
        await facts.member(branch, "预备缺入党", **FULL | dates | {"stage": MemberStage.PROBATIONARY})
        await facts.member(branch, "申请人", **FULL | dates | {"stage": MemberStage.APPLICANT})
        await facts.member(branch, "全缺", phone_sealed=b"sealed")
        await facts.member(branch, "离开", left_on=date(2025, 1, 1))

        assert await facts.found(Code.MEMBER_WITHOUT_PHONE) == {"缺手机": TODAY}
        assert await facts.found(Code.MEMBER_PROFILE_INCOMPLETE) == {
            "缺学历": 1, "缺转正": 1, "预备缺入党": 1, "全缺": 4,
        }  # fmt: skip

    async def test_is_confirmed_when_the_year_is_full(self, facts: Facts) -> None:
        _, branch = await branch_of(facts)
        probationary = {"stage": MemberStage.PROBATIONARY}
        await facts.member(branch, "昨日满", joined_on=date(2024, 6, 14), **probationary)
        await facts.member(branch, "今日满", joined_on=date(2024, 6, 15), **probationary)
        await facts.member(branch, "已转正", joined_on=date(2024, 6, 14))

        assert await facts.found(Code.PROBATION_OVERDUE) == {"昨日满": date(2025, 6, 14)}

    async def test_works_where_somebody_works(self, facts: Facts) -> None:
        town, branch = await branch_of(facts)
        shut = await facts.unit(town, "关闭", closed_on=date(2025, 5, 1))
        await facts.member(branch, "原职工", unit_id=shut.id)
        await facts.member(branch, "在岗", unit_id=(await facts.unit(town, "营业")).id)
        await facts.member(branch, "没有单位")

        assert await facts.found(Code.MEMBER_OF_CLOSED_UNIT) == {"原职工": date(2025, 5, 1)}
        assert await facts.responsible(Code.MEMBER_OF_CLOSED_UNIT) == {branch.id}


class TestPost:
    async def test_is_held_by_somebody_of_the_organisation_or_below(self, facts: Facts) -> None:
        town, branch = await branch_of(facts)
        other = await facts.organization("另一支部", town)
        own, beside = await facts.member(branch, "本支部"), await facts.member(other, "外支部")
        await facts.post(own, branch)
        await facts.post(own, town)
        await facts.post(beside, branch, "committee_member")
        await facts.post(beside, branch, "publicity_officer", valid_to=date(2025, 6, 15))

        assert await facts.found(Code.POST_HELD_FROM_ELSEWHERE) == {"外支部 · 支部": FOUNDED}
        assert await facts.responsible(Code.POST_HELD_FROM_ELSEWHERE) == {branch.id}

    async def test_ends_when_its_holder_leaves(self, facts: Facts) -> None:
        _, branch = await branch_of(facts)
        gone = await facts.member(branch, "已离开", left_on=date(2025, 4, 1))
        await facts.post(gone, branch)
        await facts.post(await facts.member(branch, "在册"), branch, "deputy_secretary")

        assert await facts.found(Code.POST_OF_DEPARTED_MEMBER) == {"已离开 · 支部": date(2025, 4, 1)}


class TestInstructor:
    async def test_serves_five_units_at_most_and_one_at_least(self, facts: Facts) -> None:
        town = await facts.town()
        units = [await facts.unit(town, "单位") for _ in range(6)]
        for number in (0, 1, 5, 6):
            await facts.instructor(town, f"{number} 个", units[:number])
        await facts.instructor(town, "尚未到任", units, engaged_on=date(2025, 7, 1))
        await facts.instructor(town, "已离任", units[:2], released_on=date(2025, 6, 15))
        await facts.instructor(town, "已离任已交接", released_on=date(2025, 6, 15))
        await facts.instructor(town, "明日离任", units[:1], released_on=date(2025, 6, 16))

        assert await facts.found(Code.INSTRUCTOR_OF_MANY_UNITS) == {"6 个": 6}
        assert await facts.found(Code.INSTRUCTOR_WITHOUT_UNIT) == {"0 个": 0}
        assert await facts.found(Code.ASSIGNMENT_OF_RELEASED_INSTRUCTOR) == {"已离任": 2}
