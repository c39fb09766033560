"""A year of study: the Shanghai calendar year, cut on 31 December, nothing carried over (rules.md §4)."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Requirement(NamedTuple):
    hours: Decimal
    superior_classes: int


def first_day(year: int) -> date:
    return date(year, 1, 1)


def cut(year: int) -> date:
    return date(year, 12, 31)


def last_counted_day(year: int, today: date) -> date:
    return min(cut(year), today)


def is_met(hours: Decimal, superior_classes: int, requirement: Requirement) -> bool:
    return hours >= requirement.hours and superior_classes >= requirement.superior_classes


def is_over(year: int, today: date) -> bool:
    return today > cut(year)
