"""党员台账季度核对: after the quarter's last day, and the same number on both sides."""

from datetime import date, timedelta

from registry.dates import After, DateRules

CHECK_DATES = DateRules(
    {"quarter_ends_on": "季度末", "checked_on": "核对日期"},
    (After("checked_on", "quarter_ends_on"),),
    facts=frozenset(("quarter_ends_on", "checked_on")),
)


def is_quarter_end(day: date) -> bool:
    following = day + timedelta(days=1)
    return following.day == 1 and following.month in (1, 4, 7, 10)
