"""When an appeal is to be answered, and whether the answers of a quarter came in time. Pure."""

from datetime import date, timedelta
from typing import NamedTuple

from records.periods import Cadence, Period, period_of
from registry.dates import After, DateRules

APPEAL_DATES = DateRules(
    {"raised_on": "提出日期", "due_on": "办理期限", "answered_on": "答复日期"},
    (After("due_on", "raised_on"), After("answered_on", "raised_on")),
    facts=frozenset({"raised_on", "answered_on"}),
)


class Quarter(NamedTuple):
    """How many appeals of an organisation were due in it, and how many of them were answered by their day."""

    due: int
    answered_in_time: int

    @property
    def is_kept(self) -> bool:
        """Of a quarter in which nothing was due, nothing is said."""
        return 0 < self.due == self.answered_in_time


def last_quarter(today: date) -> Period:
    """The one that is over."""
    return period_of(period_of(today, Cadence.QUARTERLY).first - timedelta(days=1), Cadence.QUARTERLY)
