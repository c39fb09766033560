"""Years, periods and caps of the ledger: how much of an award still fits."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal("0.00")
PERIODS_PER_YEAR = {"month": 12, "quarter": 4, "half-year": 2, "year": 1, "event": 1}
PERIOD_LETTER = {"month": "M", "quarter": "Q", "half-year": "H"}


class Period(NamedTuple):
    """The `ordinal`-th part (from 0) of a points year, as the indicator's cadence cuts it."""

    year: int
    ordinal: int
    key: str


def period_of(day: date, cadence: str) -> Period:
    """The points year is the calendar year."""
    ordinal = (day.month - 1) * PERIODS_PER_YEAR[cadence] // 12
    letter = PERIOD_LETTER.get(cadence)
    return Period(day.year, ordinal, f"{day.year}-{letter}{ordinal + 1:02}" if letter else str(day.year))


def period_cap(annual_cap: Decimal, cadence: str) -> Decimal:
    return annual_cap / PERIODS_PER_YEAR[cadence]


class Room(NamedTuple):
    """What is already granted: in the year, and in each period of it."""

    granted: Decimal
    by_period: tuple[Decimal, ...]


def empty_room(cadence: str) -> Room:
    return Room(ZERO, (ZERO,) * PERIODS_PER_YEAR[cadence])


def granted(requested: Decimal, room: Room, ordinal: int, *, annual_cap: Decimal, cadence: str) -> Decimal:
    """The part of `requested` the caps of the period and of the year leave, never below zero."""
    left = min(period_cap(annual_cap, cadence) - room.by_period[ordinal], annual_cap - room.granted)
    return max(ZERO, min(requested, left))


def with_points(room: Room, ordinal: int, points: Decimal) -> Room:
    """`room` after an entry (or, with negative points, after its reversal)."""
    periods = list(room.by_period)
    periods[ordinal] += points
    return Room(room.granted + points, tuple(periods))


def dimension_sums(rows: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for dimension, points in rows:
        sums[dimension] = sums.get(dimension, ZERO) + points
    return sums
