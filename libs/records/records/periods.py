"""How often something is due, and which periods lack it. Pure: days in, periods out."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

MONTHS_OF_A_YEAR = 12


class Cadence(IntEnum):
    """Its value is the length in months."""

    MONTHLY = 1
    QUARTERLY = 3
    HALF_YEARLY = 6
    YEARLY = 12


class Period(NamedTuple):
    """`first` and `last` day, both included; `number` counts from 1 within the year."""

    year: int
    number: int
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def periods(year: int, cadence: Cadence) -> tuple[Period, ...]:
    """The calendar periods of a year: a quarter is January to March, and so on."""
    starts = [date(year, month, 1) for month in range(1, MONTHS_OF_A_YEAR + 1, cadence)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), date(year, MONTHS_OF_A_YEAR, 31)]
    return tuple(Period(year, number, *days) for number, days in enumerate(zip(starts, ends, strict=True), start=1))


def weeks(year: int) -> tuple[Period, ...]:
    """The weeks of a year from Monday to Sunday, as ISO 8601 numbers them: 52, in some years 53."""
    last = date(year, 12, 28).isocalendar().week
    return tuple(
        Period(year, number, date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7))
        for number in range(1, last + 1)
    )


def period_of(day: date, cadence: Cadence) -> Period:
    return periods(day.year, cadence)[(day.month - 1) // cadence]


def gaps(expected: Iterable[Period], done: Iterable[date], *, times: int = 1) -> tuple[Period, ...]:
    """The periods in which it was done less than `times` often."""
    days = list(done)
    return tuple(period for period in expected if sum(map(period.holds, days)) < times)
