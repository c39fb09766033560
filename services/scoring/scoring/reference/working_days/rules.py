"""The arrangement of a whole year: weekdays are worked and weekends are not, but for the exceptions the State names."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY, DECEMBER = 5, 12


class ArrangedDay(NamedTuple):
    day: date
    is_working: bool
    note: str = ""


class YearFigures(NamedTuple):
    """`rest_weekdays` are holidays from Monday to Friday, `working_weekends` the days worked in their stead."""

    days: int
    working: int
    rest_weekdays: int
    working_weekends: int


def is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def days_in(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def whole_year(year: int, exceptions: Iterable[ArrangedDay]) -> list[ArrangedDay]:
    """Every day of the year: weekdays are worked and weekends are not, but for the exceptions."""
    named = {one.day: one for one in exceptions}
    days = (date(year, 1, 1) + ONE_DAY * step for step in range(days_in(year)))
    return [named.get(day) or ArrangedDay(day, is_weekday(day)) for day in days]


def faults_of(year: int, exceptions: Sequence[ArrangedDay]) -> list[tuple[int, str]]:
    """Place in the list, and what is wrong there."""
    seen: set[date] = set()
    found = []
    for place, one in enumerate(exceptions):
        if one.day.year != year:
            found.append((place, f"不是 {year} 年的日期"))
        elif one.day in seen:
            found.append((place, "同一天写了两次"))
        seen.add(one.day)
    return found


def has_holiday(days: Iterable[ArrangedDay]) -> bool:
    """A year without one weekday off was not looked up, but guessed."""
    return any(is_weekday(one.day) and not one.is_working for one in days)


def figures_of(days: Sequence[ArrangedDay]) -> YearFigures:
    return YearFigures(
        days=len(days),
        working=sum(one.is_working for one in days),
        rest_weekdays=sum(is_weekday(one.day) and not one.is_working for one in days),
        working_weekends=sum(one.is_working and not is_weekday(one.day) for one in days),
    )


def years_needed_on(day: date) -> list[int]:
    """In December notices run into the next year, so that its arrangement must be known."""
    return [day.year, day.year + 1] if day.month == DECEMBER else [day.year]
