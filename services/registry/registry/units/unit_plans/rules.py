"""The days of a plan."""

from registry.dates import After, DateRules

PLAN_DATES = DateRules(
    {"planned_on": "制定日期", "due_on": "完成期限", "ended_on": "结束日期"},
    (After("due_on", "planned_on"), After("ended_on", "planned_on")),
    facts=frozenset({"planned_on", "ended_on"}),
)
