"""The notice's clock: runs in working days, stands still while an objection is open (domain rules §8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from records.working_days import end_of_working_days, working_days_spent


@dataclass(frozen=True)
class NoticeClock:
    """`days_left` are counted from `running_since`; a stopped clock has neither start nor end."""

    days_left: int
    running_since: date | None
    ends_on: date | None


def started(day: date, days: int, calendar: Mapping[date, bool]) -> NoticeClock:
    return NoticeClock(days, day, end_of_working_days(day, days, calendar))


def stopped(clock: NoticeClock, day: date, calendar: Mapping[date, bool]) -> NoticeClock:
    """The day of the objection itself is not used up: it is given again after the decision."""
    if clock.running_since is None:
        return clock
    spent = working_days_spent(clock.running_since, day, calendar)
    return NoticeClock(max(0, clock.days_left - spent), None, None)


def resumed(clock: NoticeClock, day: date, calendar: Mapping[date, bool]) -> NoticeClock:
    return started(day, clock.days_left, calendar)


def has_run_out(clock: NoticeClock, today: date) -> bool:
    return clock.ends_on is not None and today > clock.ends_on
