"""Form, committee, term, secretary and cross appointments of a year, judged from the register as of its last day."""

from typing import Any

import pytest

from services.registry.tests.members.relations import Relations
from services.registry.tests.tree.posts.test_posts import post

pytestmark = pytest.mark.anyio
FORMS, LEADERS = "registry.form_year.judged.v1", "registry.leadership_year.judged.v1"
NEW_YEAR = "2026-01-01"
ELECTED = {"entitled": 3, "present": 3, "result": "选举产生新一届支部委员会"}


def told(relations: Relations, kind: str, organization: Any, year: int = 2025) -> list[dict[str, Any]]:
    return [
        one
        for one in relations.registers.events(kind)
        if (one["organization_id"], one["year"]) == (organization["id"], year)
    ]


async def staffed(relations: Relations, formal: int, *kinds: str) -> Any:
    """A branch of its own with so many formal members, the first of them in the posts of these kinds."""
    branch = await relations.registers.organization("branch", relations.district.towns[0], term_ends_on="2025-12-31")
    people = [await relations.registers.member(branch) for _ in range(formal)]
    for member, kind in zip(people, kinds, strict=False):
        await relations.above.made("/posts", **post(member, branch, kind=kind, valid_from="2015-07-01"))
    return branch, people


class TestFormYear:
    @pytest.mark.parametrize(
        ("formal", "kinds", "expected"),
        [
            (2, ("secretary",), (False, True)),
            (3, ("secretary",), (True, True)),
            (3, (), (True, False)),
            (7, ("secretary",), (True, False)),
            (7, ("secretary", "deputy_secretary", "committee_member"), (True, True)),
            (7, ("deputy_secretary", "committee_member", "publicity_officer"), (True, False)),
        ],
    )
    async def test_is_fitting_from_three_members_and_complete_with_its_secretary_and_committee(
        self, relations: Relations, formal: int, kinds: tuple[str, ...], expected: tuple[bool, bool]
    ) -> None:
        branch, _ = await staffed(relations, formal, *kinds)
        await relations.on(NEW_YEAR)
        await relations.night()

        [judged] = told(relations, FORMS, branch)
        assert (judged["is_form_fitting"], judged["is_team_complete"]) == expected
        assert (judged["formal"], judged["enrolled"], judged["team"]) == (formal, formal, len(kinds))

    async def test_is_judged_once_and_not_again_with_the_members_of_later(self, relations: Relations) -> None:
        branch, _ = await staffed(relations, 3, "secretary")
        await relations.on(NEW_YEAR)
        await relations.night()
        await relations.registers.organization("branch", relations.district.towns[0], founded_on=NEW_YEAR)
        for _ in range(60):
            await relations.registers.member(branch)

        assert await relations.night() == 0
        assert len(told(relations, FORMS, branch)) == 1


class TestLeadershipYear:
    async def test_is_kept_with_a_term_a_secretary_and_more_than_half_in_both_posts(self, relations: Relations) -> None:
        branch, people = await staffed(relations, 3, "secretary")
        unit = await relations.registers.unit(relations.district.towns[0])
        held = {"member_id": people[0]["id"], "unit_id": unit["id"], "title": "总经理", "valid_from": "2024-01-01"}
        unit_post = await relations.above.made("/unit-posts", **held)
        await relations.on("2025-12-31")
        await relations.night()
        early = told(relations, LEADERS, branch)
        await relations.on(NEW_YEAR)
        await relations.night()
        await relations.above.post(f"/unit-posts/{unit_post['id']}/void", {"reason": "同名同姓"}, version=1)
        numbers = [await relations.night() for _ in range(2)]

        first, second = told(relations, LEADERS, branch)
        assert (early, numbers) == ([], [1, 0])
        assert (first["term_ends_on"], first["late_elections"], first["is_term_kept"]) == ("2025-12-31", 0, True)
        assert (first["is_secretary_kept"], first["is_cross_appointed"]) == (True, True)
        assert (second["revision"], second["is_cross_appointed"], second["team"]) == (2, False, 1)

    async def test_is_not_kept_after_an_election_later_than_its_term_until_that_was_a_mistake(
        self, relations: Relations
    ) -> None:
        branch, _ = await staffed(relations, 3, "secretary")
        await relations.above.patch(f"/organizations/{branch['id']}", {"term_ends_on": "2025-02-28"}, version=1)
        late = await relations.above.made("/elections", **ELECTED, organization_id=branch["id"], held_on="2025-03-01")
        await relations.on(NEW_YEAR)
        await relations.night()
        await relations.above.post(f"/elections/{late['id']}/void", {"reason": "日期有误"}, version=1)
        timely = {**ELECTED, "organization_id": branch["id"], "held_on": "2025-02-28"}
        await relations.above.made("/elections", **timely)
        await relations.night()

        outcomes = [(one["late_elections"], one["is_term_kept"]) for one in told(relations, LEADERS, branch)]
        assert outcomes == [(1, False), (0, True)]

    async def test_sees_the_term_as_it_was_before_the_election_of_the_next_year(self, relations: Relations) -> None:
        """The term ended in November; the election of January is late, and no merit of the year before."""
        branch, _ = await staffed(relations, 3, "secretary")
        await relations.above.patch(f"/organizations/{branch['id']}", {"term_ends_on": "2025-11-30"}, version=1)
        await relations.on("2026-01-20")
        await relations.above.made("/elections", **ELECTED, organization_id=branch["id"], held_on="2026-01-10")
        await relations.night()

        [judged] = told(relations, LEADERS, branch)
        assert (judged["term_ends_on"], judged["is_term_kept"], judged["is_secretary_kept"]) == (
            "2025-11-30", False, True,
        )  # fmt: skip

    async def test_is_not_kept_where_nobody_was_secretary_for_more_than_three_months(
        self, relations: Relations
    ) -> None:
        branch, people = await staffed(relations, 3)
        for day, end in (("2015-07-01", "2024-10-01"), ("2025-01-02", None)):
            await relations.above.made("/posts", **post(people[0], branch, valid_from=day, valid_to=end))
        await relations.on(NEW_YEAR)
        await relations.night()

        [judged] = told(relations, LEADERS, branch)
        assert (judged["is_secretary_kept"], judged["is_term_kept"]) == (False, True)
