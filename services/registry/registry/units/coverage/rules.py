"""The three rates of rules.md §2, over units and never over organisations."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")


class UnitCoverage(NamedTuple):
    """What stands for one unit on one day; a link that serves it without members (1+N) is work coverage only."""

    has_organization: bool = False
    has_own_organization: bool = False
    is_served_without_members: bool = False
    has_instructor: bool = False
    has_mass_organization: bool = False

    @property
    def is_worked(self) -> bool:
        return (
            self.has_organization or self.is_served_without_members or self.has_instructor or self.has_mass_organization
        )


class Counts(NamedTuple):
    units: int = 0
    covered: int = 0
    single: int = 0
    worked: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(one + two for one, two in zip(self, other, strict=True)))


def count(units: Iterable[UnitCoverage]) -> Counts:
    total = Counts()
    for one in units:
        total = total.plus(Counts(1, one.has_organization, one.has_own_organization, one.is_worked))
    return total


def rate(part: int, whole: int) -> Decimal | None:
    """Per cent with two places, half up; nothing to divide by has no rate."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(CENT, ROUND_HALF_UP)
