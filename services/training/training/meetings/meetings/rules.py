"""Pure rules of organisation life: who is expected, how long it counts, when it is valid (rules.md §3–4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from kit.calendar import day_of
from roster.rules import GROUP_KINDS
from training.kinds import ACTIVITIES, BRANCH_KINDS, SUPERIOR_KINDS, Audience, Duration, MeetingKind

CENT = Decimal("0.01")
LONGEST_BY_CLOCK = timedelta(hours=12)
LONGEST_CLASS_DAYS = 30
WITH_QUORUM = frozenset(
    {
        MeetingKind.BRANCH_ASSEMBLY,
        MeetingKind.BRANCH_COMMITTEE,
        MeetingKind.GROUP_MEETING,
        MeetingKind.LIFE_MEETING,
        MeetingKind.DEMOCRATIC_APPRAISAL,
    }
)
OF_THE_BRANCH = frozenset(
    {
        MeetingKind.BRANCH_ASSEMBLY,
        MeetingKind.BRANCH_COMMITTEE,
        MeetingKind.LIFE_MEETING,
        MeetingKind.DEMOCRATIC_APPRAISAL,
    }
)
AUDIENCES = {
    MeetingKind.BRANCH_COMMITTEE: frozenset({Audience.COMMITTEE}),
    MeetingKind.HEART_TALK: frozenset({Audience.CHOSEN}),
    MeetingKind.CLASS: frozenset(
        {Audience.SUBTREE_MEMBERS, Audience.SECRETARIES, Audience.LEADERS, Audience.CHOSEN, Audience.CANDIDATES}
    ),
}
NAMED = frozenset({Audience.CHOSEN, Audience.CANDIDATES})
"""Whose people are named one by one."""
ALL_MEMBERS = frozenset({Audience.MEMBERS})
OF_ACTIVITIES = frozenset({Audience.MEMBERS, Audience.SUBTREE_MEMBERS, Audience.CHOSEN, Audience.PUBLIC})


class Votes(NamedTuple):
    expected: int
    present: int


@dataclass(frozen=True, slots=True)
class Conversion:
    full_day: Decimal
    half_day: Decimal


def may_hold(organization_kind: str, kind: MeetingKind) -> bool:
    """Classes belong to a superior, assemblies and committees to a branch, group meetings to a branch or its groups."""
    if kind is MeetingKind.CLASS:
        return organization_kind in SUPERIOR_KINDS
    if kind in OF_THE_BRANCH:
        return organization_kind in BRANCH_KINDS
    if kind is MeetingKind.GROUP_MEETING:
        return organization_kind in BRANCH_KINDS + GROUP_KINDS
    return True


def audiences_of(kind: MeetingKind) -> frozenset[Audience]:
    return OF_ACTIVITIES if kind in ACTIVITIES else AUDIENCES.get(kind, ALL_MEMBERS)


def settled_audience(kind: MeetingKind, wanted: Audience | None) -> Audience | None:
    """The audience of a meeting: given or implied, by the only one of its kind or else all members; None when it does
    not fit.
    """
    possible = audiences_of(kind)
    if wanted is None and Audience.MEMBERS in possible:
        return Audience.MEMBERS
    if wanted is None and len(possible) == 1:
        return next(iter(possible))
    return wanted if wanted in possible else None


def fits_duration(duration: Duration, kind: MeetingKind, first: date, last: date, length: timedelta) -> bool:
    """Only a class by full days runs over several days, and never over the year cut."""
    days = (last - first).days + 1
    if length <= timedelta(0) or first.year != last.year:
        return False
    if duration is Duration.BY_CLOCK:
        return length <= LONGEST_BY_CLOCK
    if duration is Duration.FULL_DAY and kind is MeetingKind.CLASS:
        return days <= LONGEST_CLASS_DAYS
    return days == 1


def last_day(ends_at: datetime) -> date:
    """A meeting until 24:00 ends on the day that is over then, not on the next one."""
    return day_of(ends_at - timedelta(microseconds=1))


def hours_of(duration: Duration, starts_at: datetime, ends_at: datetime, days: int, conversion: Conversion) -> Decimal:
    """Full day 8 hours a day, half day 4, otherwise by the clock, rounded half up to a hundredth of an hour."""
    if duration is Duration.FULL_DAY:
        return conversion.full_day * days
    if duration is Duration.HALF_DAY:
        return conversion.half_day
    seconds = Decimal(int((ends_at - starts_at).total_seconds()))
    return (seconds / 3600).quantize(CENT, ROUND_HALF_UP)


def is_quorate(votes: Votes, *, has_election: bool) -> bool:
    """Half or more of those with a vote; an election needs four fifths. Nobody with a vote, no quorum."""
    if votes.expected <= 0:
        return False
    if has_election:
        return votes.present * 5 >= votes.expected * 4
    return votes.present * 2 >= votes.expected


def is_valid(
    kind: MeetingKind, votes: Votes, attended: int, *, has_election: bool, guests: int = 0, enterprise_heads: int = 0
) -> bool:
    """Of a joint study, that somebody who leads the enterprise came; of any other activity, that anybody did."""
    if kind in WITH_QUORUM:
        return is_quorate(votes, has_election=has_election)
    if kind is MeetingKind.JOINT_STUDY:
        return enterprise_heads > 0
    return attended + guests > 0


def revision_of(confirmations: int, *, of_make_up: bool = False) -> int | None:
    """Which correction of its cause an attendance is: none after the first confirmation, then odd ones for what a
    meeting's confirmation tells and, each after its own, even ones for the absences made up.
    """
    return None if confirmations <= 1 else 2 * confirmations - (0 if of_make_up else 1)


def is_superior(office_paths: Iterable[str], organization_path: str, *, has_superior: bool) -> bool:
    """An office above the organisation; what has nobody above it is its own superior."""
    return any(
        organization_path.startswith(path) and (path != organization_path or not has_superior) for path in office_paths
    )


def is_over(ends_at: datetime, now: datetime) -> bool:
    return ends_at <= now


def last_confirmation_day(held_on: date, confirmation_days: int) -> date:
    return held_on + timedelta(days=confirmation_days)
