"""百日攻坚 (R59): which day of the campaign a day is. Pure."""

from datetime import date, timedelta
from typing import NamedTuple

from registry.dates import After, DateRules
from registry.oversight.campaigns.kinds import CampaignState

MEETING_DATES = DateRules(
    {"first_on": "第一天", "held_on": "调度日期", "last_on": "最后一天"},
    (After("held_on", "first_on"), After("last_on", "held_on")),
    facts=frozenset({"held_on"}),
)
CHECK_DATES = DateRules(
    {"drawn_on": "抽取日期", "checked_on": "检查日期"},
    (After("checked_on", "drawn_on"),),
    facts=frozenset({"checked_on"}),
)


class Progress(NamedTuple):
    """The first day is day 1 and the last one leaves none; before it, all days are left."""

    state: CampaignState
    day_number: int
    days_left: int


def last_day(first_on: date, days: int) -> date:
    return first_on + timedelta(days=days - 1)


def progress(first_on: date, days: int, today: date) -> Progress:
    number = (today - first_on).days + 1
    if number < 1:
        return Progress(CampaignState.UPCOMING, 0, days)
    if number > days:
        return Progress(CampaignState.OVER, days, 0)
    return Progress(CampaignState.RUNNING, number, days - number)
