"""Counting working days from a table; a year the table does not cover is an error, never a guess (D16)."""

from collections.abc import Mapping
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


class YearNotCoveredError(ValueError):
    def __init__(self, year: int) -> None:
        super().__init__(f"working days of {year} are unknown")
        self.year = year


def is_working(day: date, calendar: Mapping[date, bool]) -> bool:
    if day not in calendar:
        raise YearNotCoveredError(day.year)
    return calendar[day]


def end_of_working_days(start: date, count: int, calendar: Mapping[date, bool]) -> date:
    """The last of `count` working days; the start itself is never one of them."""
    day = start
    while count > 0:
        day += ONE_DAY
        count -= is_working(day, calendar)
    return day


def working_days_spent(start: date, stop: date, calendar: Mapping[date, bool]) -> int:
    """Whole working days after `start` and before `stop`: the day of the interruption is not used up."""
    days = ((start + ONE_DAY * step) for step in range(1, (stop - start).days))
    return sum(is_working(day, calendar) for day in days)
