"""The days of a round and of what is checked in it."""

from registry.dates import After, DateRules

ROUND_DATES = DateRules(
    {"opened_on": "开始日期", "since": "上一轮的开始日期"},
    (After("opened_on", "since", strictly=True),),
    facts=frozenset({"opened_on"}),
)
CHECK_DATES = DateRules(
    {"checked_on": "核查日期", "opened_on": "本轮的开始日期"},
    (After("checked_on", "opened_on"),),
    facts=frozenset({"checked_on"}),
)
