"""A member shows the political status on or after the day of being found."""

from registry.dates import After, DateRules

FOUND_DATES = DateRules(
    {"found_on": "排查日期", "shown_on": "亮明身份日期"},
    (After("shown_on", "found_on"),),
    facts=frozenset(("found_on", "shown_on")),
)
