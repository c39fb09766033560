"""Who holds which post: branch committees of the size E5 asks for, committees above, instructors beside."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from demo.district.economy import TERM_YEARS, Economy
from demo.district.entries import MemberEntry, OrganizationEntry, PostEntry, UnitEntry
from demo.district.people import People
from demo.district.seats import Top

INSTRUCTORS, FROM_OUTSIDE = 290, 230
COMMITTEE_FROM, LARGE_FROM, DEPUTY_FROM = 7, 21, 5
PLAYED_YEAR_ENDS = date(2026, 12, 31)
APPOINTED_ON = date(2024, 6, 1)
COMMITTEE_POSTS = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员")
SOURCES = ("派", "选", "聘", "挑", "招")


@dataclass(frozen=True, slots=True)
class Staffed:
    """An organisation with the members its posts are filled from, the longest in the Party first."""

    organization: OrganizationEntry
    candidates: Sequence[MemberEntry]


def branch_posts(formal_count: int) -> tuple[str, ...]:
    """E5: below seven formal members one secretary, and a deputy if needed; from seven a committee of three to five."""
    if formal_count >= LARGE_FROM:
        return COMMITTEE_POSTS
    if formal_count >= COMMITTEE_FROM:
        return ("书记", "组织委员", "宣传委员")
    return ("书记", "副书记") if formal_count >= DEPUTY_FROM else ("书记",)


def longest_first(members: Iterable[MemberEntry]) -> list[MemberEntry]:
    formal = [member for member in members if member.stage == "正式党员"]
    return sorted(formal, key=lambda member: (member.joined_on or date.max, member.id_number))


def branch_offices(staffed: Iterable[Staffed]) -> Iterator[PostEntry]:
    for branch in staffed:
        yield from _fill(branch.organization, branch.candidates, branch_posts(len(branch.candidates)))


def committee_offices(
    organization: OrganizationEntry, branches: Sequence[Staffed], taken: set[str]
) -> Iterator[PostEntry]:
    """From branches below, one each as far as they go: nobody whom a branch needs itself or another committee took."""
    turns = (member for turn in range(8) for member in _turn(branches, turn))
    free = [member for member in turns if member.id_number not in taken][: len(COMMITTEE_POSTS)]
    taken.update(member.id_number for member in free)
    yield from _fill(organization, free, COMMITTEE_POSTS)


def _turn(branches: Sequence[Staffed], turn: int) -> Iterator[MemberEntry]:
    for branch in branches:
        needed = len(branch_posts(len(branch.candidates)))
        if needed + turn < len(branch.candidates):
            yield branch.candidates[needed + turn]


def _fill(organization: OrganizationEntry, people: Sequence[MemberEntry], kinds: Sequence[str]) -> Iterator[PostEntry]:
    term_ends_on = organization.term_ends_on
    if term_ends_on is None:
        raise ValueError(organization.code)
    begins_on = APPOINTED_ON
    if organization.kind == "党支部":
        begins_on = term_ends_on.replace(year=term_ends_on.year - TERM_YEARS)
    ends_on = term_ends_on if term_ends_on > PLAYED_YEAR_ENDS else None
    for member, kind in zip(people, kinds, strict=False):
        yield PostEntry(member.name, member.id_number, kind, organization.code, (), begins_on, ends_on, "选")


def instructor_posts(
    random: Random, people: People, top: Top, economy: Economy, members: Sequence[MemberEntry]
) -> Iterator[PostEntry]:
    """First every unit without an organisation, then as many others as there are instructors left."""
    divisions = {seat.code: seat.division for seat in top.seats}
    unbuilt = [unit for unit in economy.units if not unit.covering_codes]
    built = [unit for unit in economy.units if unit.covering_codes]
    served: list[UnitEntry] = unbuilt + random.sample(built, INSTRUCTORS - len(unbuilt))
    from_inside = iter(random.sample(list(members), INSTRUCTORS - FROM_OUTSIDE))
    for number, unit in enumerate(served):
        if number < FROM_OUTSIDE:
            name, id_number, _ = people.identity(divisions[unit.jurisdiction_code])
        else:
            member = next(from_inside)
            name, id_number = member.name, member.id_number
        source = random.choice(SOURCES)
        seat_code = unit.jurisdiction_code
        yield PostEntry(name, id_number, "党建指导员", seat_code, (unit.code,), APPOINTED_ON, None, source)
