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


class TestJointReason:
    @pytest.mark.feature("R54")
    @pytest.mark.parametrize("reason", ["like_trade", "related_industry", "neighbouring", "linked_assets"])
    async def test_is_required_of_a_joint_branch_and_one_of_the_four_is_enough(self, story: Story, reason: str) -> None:
        officer, town = story.officers[0], story.towns[0]
        joint = {"name": "商圈联合党支部", "kind": "joint_branch", "parent_id": town["id"], "founded_on": "2024-07-01"}

        refused = await officer.post("/organizations", joint)
        made = await officer.made("/organizations", **joint, joint_reasons=[reason])
        emptied = await officer.patch(f"/organizations/{made['id']}", {"joint_reasons": []}, version=1)

        assert (refused.status_code, refused.json()["code"]) == (422, "joint-reason-required")
        assert made["joint_reasons"] == [reason]
        assert (emptied.status_code, emptied.json()["code"]) == (422, "joint-reason-required")

    async def test_is_asked_for_where_it_was_imported_without(self, story: Story) -> None:
        joint = await story.registers.organization("joint_branch", story.towns[0])
        before = await story.all(story.officers[0], code="joint_branch_without_reason")
        story.registers.execute("UPDATE party_organizations SET joint_reasons = '{}' WHERE id = %s", joint["id"])

        found = await story.all(story.officers[0], code="joint_branch_without_reason")

        assert (before, [one["subject_id"] for one in found]) == ([], [joint["id"]])


class TestOwnerSecretary:
    @pytest.mark.feature("R18")
    async def test_of_a_large_organisation_has_a_deputy_or_is_found(self, story: Story) -> None:
        officer, branch = story.officers[0], story.branches[0]
        unit = await story.registers.unit(story.towns[0], staff_count=49)
        link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2020-01-01"}
        await officer.made(f"/units/{unit['id']}/coverage-links", **link)
        owner, deputy = [await story.registers.member(branch) for _ in range(2)]
        held = {"organization_id": branch["id"], "valid_from": "2022-01-01"}
        await officer.made("/posts", **held, member_id=owner["id"], kind="secretary", background="owner")

        async def found() -> list[tuple[str, int, str]]:
            tasks = await story.all(officer, code="owner_secretary_without_deputy")
            return [(one["subject_id"], one["value"], one["severity"]) for one in tasks]

        small = await found()
        version = (await officer.get(f"/units/{unit['id']}")).json()["version"]
        await officer.patch(f"/units/{unit['id']}", {"staff_count": 50}, version=version)
        large = await found()
        await officer.made("/posts", **held, member_id=deputy["id"], kind="deputy_secretary")

        assert (small, large, await found()) == ([], [(branch["id"], 50, "warning")], [])


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

    @pytest.mark.feature("R05")
    async def test_that_goes_on_for_six_months_becomes_a_branch_and_its_members_go_along(self, story: Story) -> None:
        ended, since = str(day_of(real_now()) - timedelta(days=1)), str(months_from(day_of(real_now()), -2))
        group = await story.registers.organization(
            "project_group", story.branches[0], founded_on=since, term_ends_on=ended
        )
        member = await story.registers.member(group)
        officer, path = story.officers[0], f"/organizations/{group['id']}/conversion"
        short = {"converted_on": ended, "term_ends_on": str(months_from(day_of(real_now()), 3))}
        longer = {**short, "term_ends_on": str(months_from(day_of(real_now()), 4))}

        refused = await officer.post(path, short, version=1)
        branch = await officer.post(path, longer, version=1)
        again = await officer.post(path, longer, version=2)
        of_branch = await officer.post(f"/organizations/{branch.json()['id']}/conversion", longer, version=1)

        assert (refused.status_code, refused.json()["code"]) == (422, "project-too-short")
        assert (branch.status_code, branch.json()["kind"]) == (201, "project_branch")
        assert branch.json()["parent_id"] == story.branches[0]["parent_id"]
        moved = (await officer.get(f"/members/{member['id']}")).json()
        assert (moved["organization_id"], moved["arrived_on"]) == (branch.json()["id"], ended)
        closed = (await officer.get(f"/organizations/{group['id']}")).json()
        assert (closed["is_active"], closed["dissolved_on"]) == (False, ended)
        assert [again.json()["code"], of_branch.json()["code"]] == ["organization-inactive", "not-a-project-group"]
        assert await story.tasks(officer, code="project_group_ended") == []
