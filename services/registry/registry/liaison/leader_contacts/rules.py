"""The days of a leader's contact point and of the visits to it."""

from registry.dates import After, DateRules

POINT_DATES = DateRules(
    {"valid_from": "联系日期", "ended_on": "结束日期"},
    (After("ended_on", "valid_from", strictly=True),),
    facts=frozenset({"valid_from"}),
)
VISIT_DATES = DateRules(
    {"visited_on": "走访日期", "valid_from": "联系日期"},
    (After("visited_on", "valid_from"),),
    facts=frozenset({"visited_on"}),
)
