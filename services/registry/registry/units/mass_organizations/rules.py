"""The days of a head's office."""

from registry.dates import After, DateRules

HEAD_DATES = DateRules(
    {"valid_from": "任职日期", "ended_on": "离任日期"},
    (After("ended_on", "valid_from", strictly=True),),
    facts=frozenset({"valid_from", "ended_on"}),
)
