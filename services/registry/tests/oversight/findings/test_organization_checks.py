"""Each finding about organisations as a truth table: who is found, who is not, and with which figure."""

from datetime import date
from typing import Any

import pytest

from registry.members.members.kinds import MemberStage
from registry.oversight.findings.kinds import FindingCode as Code
from services.registry.tests.oversight.findings.facts import FOUNDED, Facts

pytestmark = pytest.mark.anyio


class TestSecretary:
    async def test_is_missing_where_nobody_is_in_office_today(self, facts: Facts) -> None:
        town = await facts.town()
        await facts.post(await facts.member(town), town)
        kinds = ("branch", "joint_branch", "project_branch", "general_branch", "committee")
        for kind in (*kinds, "party_group"):
            await facts.organization(f"没有书记的 {kind}", town, kind)
        held = await facts.organization("有书记", town)
        await facts.post(await facts.member(held), held)
        deputy = await facts.organization("只有副书记", town)
        await facts.post(await facts.member(deputy), deputy, "deputy_secretary")
        left = await facts.organization("书记已离任", town)
        await facts.post(await facts.member(left), left, valid_to=date(2025, 3, 1))
        coming = await facts.organization("书记尚未就任", town)
        await facts.post(await facts.member(coming), coming, valid_from=date(2025, 7, 1))
        await facts.organization("已撤销", town, is_active=False, dissolved_on=date(2024, 1, 1))

        assert await facts.found(Code.ORGANIZATION_WITHOUT_SECRETARY) == {
            **{f"没有书记的 {kind}": FOUNDED for kind in kinds},
            "只有副书记": FOUNDED,
            "书记已离任": date(2025, 3, 1),
            "书记尚未就任": FOUNDED,
        }
        assert await facts.responsible(Code.ORGANIZATION_WITHOUT_SECRETARY) == {town.id}


class TestTerm:
    async def test_is_noticed_six_months_ahead_and_overdue_from_the_day_after(self, facts: Facts) -> None:
        town = await facts.town()
        ends = {
            "早": date(2025, 6, 14),
            "今日": date(2025, 6, 15),
            "六个月": date(2025, 12, 15),
            "六个月又一天": date(2025, 12, 16),
        }
        for name, day in ends.items():
            await facts.organization(name, town, term_ends_on=day)
        await facts.organization("没有登记", town)
        await facts.organization("撤销", town, term_ends_on=ends["早"], is_active=False, dissolved_on=date(2024, 1, 1))

        assert await facts.found(Code.TERM_OVERDUE) == {"早": ends["早"]}
        assert await facts.found(Code.TERM_ENDING) == {"今日": date(2024, 12, 15), "六个月": date(2025, 6, 15)}
        assert await facts.found(Code.ORGANIZATION_WITHOUT_TERM) == {"镇党委": FOUNDED, "没有登记": FOUNDED}

    async def test_of_a_project_group_is_the_end_of_its_project(self, facts: Facts) -> None:
        town = await facts.town()
        for name, day in {"到期": date(2025, 6, 14), "今日": date(2025, 6, 15)}.items():
            await facts.organization(name, town, "project_group", term_ends_on=day)

        assert await facts.found(Code.PROJECT_GROUP_ENDED) == {"到期": date(2025, 6, 14)}
        assert await facts.found(Code.TERM_OVERDUE) == await facts.found(Code.TERM_ENDING) == {}


class TestSize:
    @pytest.mark.parametrize(
        ("kind", "members", "above", "below"),
        [
            ("branch", 50, False, False),
            ("branch", 51, True, False),
            ("joint_branch", 51, True, False),
            ("general_branch", 49, False, True),
            ("general_branch", 50, False, False),
            ("general_branch", 99, False, False),
            ("general_branch", 100, True, False),
            ("committee", 99, False, True),
            ("committee", 100, False, False),
        ],
    )
    async def test_is_that_of_the_kind(
        self, facts: Facts, kind: str, members: int, *, above: bool, below: bool
    ) -> None:
        town = await facts.town()
        top = await facts.organization("组织", town, kind)
        home = top if "branch" in kind and kind != "general_branch" else await facts.organization("支部", top)
        await facts.members(members - 1, home)
        await facts.member(home, stage=MemberStage.PROBATIONARY)
        await facts.member(home, stage=MemberStage.ACTIVIST)
        await facts.member(home, left_on=date(2024, 1, 1))

        expected = {"组织": members}
        found = await facts.found(Code.ORGANIZATION_ABOVE_SIZE)
        assert (found.get("组织") == members) is above
        assert (await facts.found(Code.ORGANIZATION_BELOW_SIZE) == expected) is below

    async def test_of_a_branch_is_three_formal_members_at_least(self, facts: Facts) -> None:
        town = await facts.town()
        for number in (0, 2, 3):
            branch = await facts.organization(f"{number} 名正式", town)
            await facts.members(number, branch)
            await facts.member(branch, stage=MemberStage.PROBATIONARY)
        await facts.organization("党小组", town, "party_group")

        assert await facts.found(Code.BRANCH_BELOW_SIZE) == {"0 名正式": 0, "2 名正式": 2}

    @pytest.mark.parametrize(
        ("kind", "formal", "people", "wrong"),
        [
            ("branch", 6, 1, False),
            ("branch", 7, 2, True),
            ("branch", 7, 3, False),
            ("branch", 8, 7, False),
            ("branch", 9, 8, True),
            ("general_branch", 9, 4, True),
            ("general_branch", 9, 5, False),
            ("general_branch", 9, 9, False),
            ("committee", 10, 10, True),
        ],
    )
    async def test_of_a_committee_follows_the_kind(
        self, facts: Facts, kind: str, formal: int, people: int, *, wrong: bool
    ) -> None:
        town = await facts.town()
        organization = await facts.organization("组织", town, kind)
        officers = [await facts.member(organization) for _ in range(formal)][:people]
        for number, officer in enumerate(officers):
            await facts.post(officer, organization, "secretary" if number == 0 else "committee_member")
        await facts.post(officers[0], organization, "publicity_officer")

        found = await facts.found(Code.COMMITTEE_OF_WRONG_SIZE)
        assert found.get("组织") == (people if wrong else None)


class TestJointBranch:
    async def test_of_six_units_is_found_and_of_five_is_not(self, facts: Facts) -> None:
        town = await facts.town()
        for kind, number in (("joint_branch", 5), ("joint_branch", 6), ("branch", 7)):
            branch = await facts.organization(f"{kind} {number}", town, kind)
            for _ in range(number):
                await facts.link(await facts.unit(town, "单位"), branch)
            await facts.link(await facts.unit(town, "从前"), branch, valid_to=date(2020, 1, 1))

        assert await facts.found(Code.JOINT_BRANCH_OF_MANY_UNITS) == {"joint_branch 6": 6}


class TestEnd:
    async def test_of_an_organisation_leaves_nobody_behind(self, facts: Facts) -> None:
        town = await facts.town()
        dissolved: dict[str, Any] = {"is_active": False, "dissolved_on": date(2025, 1, 1)}
        left, empty = [await facts.organization(name, town, **dissolved) for name in ("还有人", "没有人")]
        await facts.members(2, left)
        await facts.member(left, "积极分子", stage=MemberStage.ACTIVIST)
        await facts.member(empty, left_on=date(2024, 12, 31))
        await facts.member(await facts.organization("在册", town))

        assert await facts.found(Code.DISSOLVED_ORGANIZATION_WITH_MEMBERS) == {"还有人": 3}
        found = await facts.found(Code.MEMBER_OF_DISSOLVED_ORGANIZATION)
        assert found == {"党员": date(2025, 1, 1), "积极分子": date(2025, 1, 1)}
        assert await facts.responsible(Code.MEMBER_OF_DISSOLVED_ORGANIZATION) == {town.id}

    async def test_of_the_last_unit_ends_the_branch(self, facts: Facts) -> None:
        town = await facts.town()
        closed = {"closed_on": date(2025, 5, 1)}
        names = ("只有已关闭的", "还有营业的", "从未覆盖")
        ended, going, never = [await facts.organization(name, town) for name in names]
        shut = await facts.unit(town, "关闭", **closed)
        for branch in (ended, going):
            await facts.link(shut, branch, valid_to=date(2025, 5, 1))
            await facts.members(2, branch)
        await facts.link(await facts.unit(town, "营业"), going)
        await facts.members(1, never)

        assert await facts.found(Code.ORGANIZATION_OF_CLOSED_UNITS) == {"只有已关闭的": 2}
