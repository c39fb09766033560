"""Whether a post stood empty too long: days in, yes or no out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from records.periods import Period
from registry.limits import months_from


class Held(NamedTuple):
    """From a day up to, not on, another; until further notice without one."""

    valid_from: date
    valid_to: date | None


def was_empty_too_long(held: Iterable[Held], founded_on: date, period: Period, months: int) -> bool:
    """Of a vacancy that reaches into the period all days count up to its end, also those before it began."""
    end, since = period.last + timedelta(days=1), founded_on
    for one in sorted(held, key=lambda each: each.valid_from):
        begins = min(one.valid_from, end)
        if _is_too_long(since, begins, period, months):
            return True
        since = max(since, min(one.valid_to or end, end))
    return _is_too_long(since, end, period, months)


def _is_too_long(since: date, until: date, period: Period, months: int) -> bool:
    return until > period.first and until > months_from(since, months)
