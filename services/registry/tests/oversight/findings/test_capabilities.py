"""Capabilities of the seeds that are findings, with the seeds' own figures."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from sqlalchemy import select

from kit.calendar import day_of, real_now
from kit.database import app_transaction
from registry.limits import months_from
from registry.tree.organizations.models import PartyOrganization
from services.registry.tests.oversight.findings.facts import Facts
from services.registry.tests.oversight.findings.stories import Story, tell

pytestmark = pytest.mark.anyio
JOINT_BRANCHES, UNITS, MANY = 42, 900, 70


@pytest.fixture
async def story(registers: Any) -> Story:
    return await tell(registers)


class TestSettingUp:
    @pytest.mark.feature("R25")
    async def test_is_due_when_two_formal_members_become_three(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])
        code = "unit_should_have_organization"
        for _ in range(2):
            await story.employee(unit)
        two = await story.tasks(story.officers[0], code=code)

        await story.employee(unit)

        (three,) = await story.tasks(story.officers[0], code=code)
        assert two == []
        assert (three["subject_id"], three["statement"]) == (unit["id"], "有 3 名正式党员,没有党组织")
        await story.cover(unit, story.branches[0])
        assert await story.tasks(story.officers[0], code=code) == []

    @pytest.mark.feature("R25")
    async def test_ends_with_the_unit_after_every_member_is_placed(self, story: Story) -> None:
        unit, branch = await story.registers.unit(story.towns[0]), story.branches[0]
        member = await story.employee(unit)
        link, code = await story.cover(unit, branch), "organization_of_closed_units"
        assert await story.tasks(story.officers[0], code=code) == []

        await story.uncover(unit, link)
        version = (await story.district.get(f"/units/{unit['id']}")).json()["version"]
        closed = await story.district.post(f"/units/{unit['id']}/closing", {"closed_on": "2024-02-01"}, version=version)
        assert closed.status_code == 201, closed.text
        (task,) = await story.tasks(story.officers[0], code=code)
        path, body = f"/organizations/{branch['id']}/dissolution", {"dissolved_on": "2024-03-01", "reason": "企业注销"}
        refused = await story.officers[0].post(path, body, version=1)
        elsewhere = {"organization_id": story.branches[1]["id"], "unit_id": None}
        await story.district.patch(f"/members/{member['id']}", elsewhere, version=1)
        done = await story.officers[0].post(path, body, version=1)

        assert (task["subject_id"], task["statement"]) == (branch["id"], "所覆盖的单位已关闭,还有 1 名党员")
        assert task["organization_id"] == story.towns[0]["id"]
        assert (refused.status_code, refused.json()["code"]) == (409, "members-not-placed")
        assert done.status_code == 201, done.text
        assert await story.tasks(story.officers[0], code=code) == []


class TestLargeUnit:
    @pytest.mark.feature("R43")
    async def test_of_50_staff_without_a_member_is_found_until_it_has_one(self, story: Story) -> None:
        small, large = [await story.registers.unit(story.towns[0], staff_count=staff) for staff in (49, 50)]
        code = "large_unit_without_member"

        found = await story.all(story.officers[0], code=code)
        await story.employee(large, stage="activist")
        still = await story.all(story.officers[0], code=code)
        await story.employee(large)

        assert [(one["subject_id"], one["value"]) for one in found] == [(large["id"], 50)]
        assert still == found
        assert small["id"] not in {one["subject_id"] for one in found}
        assert await story.all(story.officers[0], code=code) == []


class TestActivist:
    @pytest.mark.feature("R42")
    async def test_is_missing_where_an_enterprise_has_none_this_year(self, story: Story) -> None:
        without, with_one = [await story.registers.unit(story.towns[0]) for _ in range(2)]
        await story.registers.unit(story.towns[0], kind="social_group")
        await story.employee(with_one, stage="activist")
        await story.employee(without, stage="applicant")

        found = await story.all(story.officers[0], code="enterprise_without_activist")

        year = day_of(real_now()).year
        assert [(one["subject_id"], one["began_on"], one["due_on"]) for one in found] == [
            (without["id"], f"{year}-01-01", f"{year}-12-31")
        ]


class TestReach:
    @pytest.mark.feature("R26")
    async def test_has_no_white_spot_left_when_each_unit_has_one_of_the_three(self, story: Story) -> None:
        covered, instructed, union, served = [await story.registers.unit(story.towns[0]) for _ in range(4)]
        code, officer = "unit_without_coverage", story.officers[0]
        before = {one["subject_id"] for one in await story.all(officer, code=code)}

        await story.cover(covered, story.branches[0])
        await story.cover(served, story.branches[0], "one_plus_n")
        person = {"name": "赵指导", "id_number": story.registers.id_number(), "source": "sent"}
        person |= {"engaged_on": "2022-01-01", "organization_id": story.towns[0]["id"]}
        serving = {"instructor_id": (await officer.made("/instructors", **person))["id"], "unit_id": instructed["id"]}
        await officer.made("/instructor-assignments", **serving, valid_from="2022-01-01")
        organized = await officer.patch(f"/units/{union['id']}", {"mass_organizations": ["union"]}, version=1)

        assert before == {one["id"] for one in (covered, instructed, union, served)}
        assert organized.status_code == 200, organized.text
        assert await story.all(officer, code=code) == []


class TestJointBranch:
    @pytest.mark.feature("R53")
    async def test_of_six_units_and_more_is_warned_of(self, story: Story) -> None:
        """42 joint branches over 900 units are 21.4 each; another one has 70, and one of five is as it should be."""
        async with app_transaction(story.registers.app) as db:
            facts = Facts(db)
            town = (
                await db.scalars(select(PartyOrganization).where(PartyOrganization.name == story.towns[0]["name"]))
            ).one()
            branches = [await facts.organization(f"联合{number}", town, "joint_branch") for number in range(44)]
            sharing = [*(branches[number % JOINT_BRANCHES] for number in range(UNITS)), *branches[42:43] * MANY]
            for branch in [*sharing, *branches[43:] * 5]:
                await facts.link(await facts.unit(town, "单位"), branch)

        found = await story.all(story.district, code="joint_branch_of_many_units", sort="subject_name")

        values = {one["subject_name"]: one["value"] for one in found}
        assert {one["severity"] for one in found} == {"warning"}
        assert values.pop("联合42") == 70
        assert (len(values), sum(values.values()), min(values.values())) == (42, 900, 21)
        mean = (Decimal(sum(values.values())) / len(values)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert mean == Decimal("21.4")


class TestTerm:
    @pytest.mark.feature("R63")
    async def test_is_noticed_six_months_before_and_listed_when_overdue(self, story: Story) -> None:
        today = day_of(real_now())
        ends = {
            "overdue": today - timedelta(days=1),
            "today": today,
            "in six months": months_from(today, 6),
            "later": months_from(today, 6) + timedelta(days=1),
        }
        made = {
            name: await story.registers.organization("branch", story.towns[0], term_ends_on=str(day))
            for name, day in ends.items()
        }
        officer = story.officers[0]

        overdue = await story.tasks(officer, code="term_overdue")
        noticed = await story.tasks(officer, code="term_ending")
        elected = {"term_ends_on": str(months_from(today, 36))}
        await officer.patch(f"/organizations/{made['overdue']['id']}", elected, version=1)

        assert [(one["subject_id"], one["due_on"], one["is_overdue"]) for one in overdue] == [
            (made["overdue"]["id"], str(ends["overdue"]), True)
        ]
        assert [(one["subject_id"], one["due_on"]) for one in noticed] == [
            (made[name]["id"], str(ends[name])) for name in ("today", "in six months")
        ]
        assert await story.tasks(officer, code="term_overdue") == []


class TestProjectGroup:
    @pytest.mark.feature("R05")
    async def test_whose_project_has_ended_is_proposed_to_become_a_branch_or_to_close(self, story: Story) -> None:
        yesterday = str(day_of(real_now()) - timedelta(days=1))
        groups = [
            await story.registers.organization("project_group", story.branches[0], term_ends_on=yesterday)
            for _ in range(17)
        ]
        running = months_from(day_of(real_now()), 1)
        await story.registers.organization("project_group", story.branches[0], term_ends_on=str(running))

        found = await story.tasks(story.officers[0], code="project_group_ended")
        body = {"dissolved_on": yesterday, "reason": "项目完工"}
        closed = await story.officers[0].post(f"/organizations/{groups[0]['id']}/dissolution", body, version=1)
        left = await story.tasks(story.officers[0], code="project_group_ended")

        assert len(found) == 17
        assert {one["subject_id"] for one in found} == {one["id"] for one in groups}
        assert {one["action"] for one in found} == {"项目继续的改设项目党支部,结束的撤销党小组"}
        assert closed.status_code == 201, closed.text
        assert len(left) == 16
