"""Months of the diary: which days may still be written, and what a month comes to."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

RATE_STEP = Decimal("0.0001")


class MonthOfPractice(NamedTuple):
    days: int
    visits: int
    rate: Decimal


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def month_bounds(month: str) -> tuple[date, date]:
    """First and last day of "2025-03"."""
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def may_be_written(practised_on: date, today: date, back_days: int) -> bool:
    return today - timedelta(days=back_days) <= practised_on <= today


def summed(month: str, practised: Iterable[tuple[date, str]]) -> MonthOfPractice:
    """Days with a record are counted once, visits one by one; the rate is of the month's calendar days."""
    first, last = month_bounds(month)
    records = [(day, kind) for day, kind in practised if first <= day <= last]
    days, visits = len({day for day, _ in records}), sum(1 for _, kind in records if kind == "visit")
    return MonthOfPractice(days, visits, (Decimal(days) / last.day).quantize(RATE_STEP, ROUND_HALF_UP))
