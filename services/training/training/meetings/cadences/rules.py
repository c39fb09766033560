"""How often a branch holds what (rules.md §3): every month, quarter or year wants a valid meeting of its own."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from training.kinds import CadencePeriod

MONTHS = range(1, 13)
PER_YEAR = {CadencePeriod.MONTH: 12, CadencePeriod.QUARTER: 4, CadencePeriod.YEAR: 1}


class Cadence(NamedTuple):
    expected: int
    met: int
    gaps: tuple[str, ...]


def period_of(day: date, period: CadencePeriod) -> str:
    """`2025-03`, `2025-Q1` or `2025`."""
    if period is CadencePeriod.MONTH:
        return f"{day.year}-{day.month:02}"
    if period is CadencePeriod.QUARTER:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return str(day.year)


def periods_over(year: int, period: CadencePeriod, today: date) -> list[str]:
    """The periods of the year that have ended, in order: only those can be missing."""
    ended: list[str] = []
    for month in MONTHS:
        next_month = date(year + month // 12, month % 12 + 1, 1)
        name = period_of(date(year, month, 1), period)
        if next_month <= today and period_of(next_month, period) != name:
            ended.append(name)
    return ended


def check(year: int, period: CadencePeriod, held: Iterable[date], today: date) -> Cadence:
    """Two meetings in one period do not stand in for the next one."""
    met = {period_of(day, period) for day in held if day.year == year}
    gaps = tuple(name for name in periods_over(year, period, today) if name not in met)
    return Cadence(PER_YEAR[period], len(met), gaps)
