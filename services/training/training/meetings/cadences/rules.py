"""How often a branch holds what (rules.md §3): every month, quarter or year wants a valid meeting of its own."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from records.periods import Cadence, Period, gaps, periods
from training.kinds import CadencePeriod

LENGTHS = {
    CadencePeriod.MONTH: Cadence.MONTHLY,
    CadencePeriod.QUARTER: Cadence.QUARTERLY,
    CadencePeriod.YEAR: Cadence.YEARLY,
}


class Kept(NamedTuple):
    expected: int
    met: int
    gaps: tuple[str, ...]


def name_of(period: Period, cadence: CadencePeriod) -> str:
    """`2025-03`, `2025-Q1` or `2025`."""
    if cadence is CadencePeriod.MONTH:
        return f"{period.year}-{period.number:02}"
    return f"{period.year}-Q{period.number}" if cadence is CadencePeriod.QUARTER else str(period.year)


def ended(year: int, cadence: CadencePeriod, today: date) -> list[Period]:
    """The periods of the year that are over: only those can be missing."""
    return [period for period in periods(year, LENGTHS[cadence]) if period.last < today]


def check(year: int, cadence: CadencePeriod, held: Iterable[date], today: date) -> Kept:
    """Two meetings in one period do not stand in for the next one."""
    days, due = list(held), periods(year, LENGTHS[cadence])
    lacking = gaps(ended(year, cadence, today), days)
    met = sum(any(map(period.holds, days)) for period in due)
    return Kept(len(due), met, tuple(name_of(period, cadence) for period in lacking))
