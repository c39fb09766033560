"""The whole district, the same at every call."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from random import Random

from demo.district.economy import Economy, build_economy
from demo.district.entries import District, MemberEntry, PostEntry
from demo.district.offices import Staffed, branch_offices, committee_offices, instructor_posts, longest_first
from demo.district.people import MEMBERS, People, branch_sizes
from demo.district.seats import Top, build_top

SEED = 20250101
ALWAYS_FORMAL = 3


@cache
def build_district(seed: int = SEED) -> District:
    random = Random(seed)  # noqa: S311 an invented district must be the same every time
    top = build_top(random)
    economy = build_economy(random, top)
    people = People(random)
    members = _members(random, people, economy)
    posts = tuple(_posts(random, people, top, economy, members))
    everyone = tuple(member for branch in members.values() for member in branch)
    return District((*top.organizations, *economy.organizations), tuple(economy.units), everyone, posts)


def _members(random: Random, people: People, economy: Economy) -> Mapping[str, list[MemberEntry]]:
    """Branch code → its members."""
    sizes = branch_sizes(random, len(economy.branches), MEMBERS)
    return {
        branch.code: [
            people.member(
                economy.leader[branch.code].division,
                branch.code,
                economy.home[branch.code].code,
                is_formal=number < ALWAYS_FORMAL,
            )
            for number in range(size)
        ]
        for branch, size in zip(economy.branches, sizes, strict=True)
    }


def _posts(
    random: Random, people: People, top: Top, economy: Economy, members: Mapping[str, list[MemberEntry]]
) -> Iterator[PostEntry]:
    staffed = [Staffed(branch, longest_first(members[branch.code])) for branch in economy.branches]
    yield from branch_offices(staffed)
    below: dict[str | None, list[Staffed]] = defaultdict(list)
    for branch in staffed:
        for code in {economy.leader[branch.organization.code].code, branch.organization.parent_code}:
            below[code].append(branch)
    below[top.district_code] = below[top.work_committee_code][::-1]
    taken: set[str] = set()
    for organization in (*top.organizations, *economy.organizations):
        if organization.kind in {"区委", "工委", "党委", "党总支"}:
            yield from committee_offices(organization, below[organization.code], taken)
    yield from instructor_posts(random, people, top, economy, _without_post(staffed))


def _without_post(staffed: Sequence[Staffed]) -> list[MemberEntry]:
    """The formal member of each larger branch who joined last: none of them holds a post."""
    return [branch.candidates[-1] for branch in staffed if len(branch.candidates) > ALWAYS_FORMAL * 4]
