"""How long a term may be, and who must be there when the next is elected (E6, rules.md §3)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from registry.dates import After, DateRules
from registry.limits import months_from
from registry.tree.organizations.kinds import OrganizationKind

ELECTION_DATES = DateRules(
    {"held_on": "选举日期", "founded_on": "成立日期", "last_held_on": "上一次选举的日期"},
    (After("held_on", "founded_on"), After("held_on", "last_held_on", strictly=True)),
    facts=frozenset({"held_on"}),
)


class Quorum(NamedTuple):
    """Four fifths of those entitled."""

    present: int = 4
    entitled: int = 5

    def is_reached(self, present: int, entitled: int) -> bool:
        return present * self.entitled >= entitled * self.present


def term_months(kind: OrganizationKind, limits: Mapping[str, int]) -> int:
    return limits["committee_term_months" if kind is OrganizationKind.COMMITTEE else "branch_term_months"]


def term_end(kind: OrganizationKind, held_on: date, limits: Mapping[str, int]) -> date:
    """When the term ends that begins with an election, if nothing else is decided."""
    return months_from(held_on, term_months(kind, limits))


def latest_term_end(kind: OrganizationKind, held_on: date, limits: Mapping[str, int]) -> date:
    """With approval a term may be longer by a year."""
    return months_from(held_on, term_months(kind, limits) + limits["term_change_months"])
