"""Numbers that rules compare with: data with the day from which each holds, and the arithmetic of months."""

import calendar
import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

LIMITS = Path(__file__).with_name("limits.csv")
MONTHS_OF_A_YEAR = 12


class Limit(NamedTuple):
    valid_from: date
    name: str
    value: int


@cache
def all_limits() -> tuple[Limit, ...]:
    """Oldest first."""
    with LIMITS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return tuple(sorted(Limit(date.fromisoformat(row["valid_from"]), row["name"], int(row["value"])) for row in rows))


def limits_on(day: date) -> Mapping[str, int]:
    """By name, as they hold on a day: the one that began last."""
    return {one.name: one.value for one in all_limits() if one.valid_from <= day}


def months_from(day: date, months: int) -> date:
    """The same day of another month, or its last day: six months from 31 August are 28 February."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + months, MONTHS_OF_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
