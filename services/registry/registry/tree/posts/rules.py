"""The dates of a post and of those it depends on."""

from registry.dates import After, DateRules

HOLDS_UNTIL = After("valid_to", "valid_from", strictly=True)
NOT_BEFORE_FOUNDING = After("valid_from", "founded_on")
NOT_BEFORE_JOINING = After("valid_from", "joined_on")
POST_DATES = DateRules(
    {"valid_from": "任职日期", "valid_to": "届满日期", "founded_on": "组织的成立日期", "joined_on": "本人的入党日期"},
    (HOLDS_UNTIL, NOT_BEFORE_FOUNDING, NOT_BEFORE_JOINING),
)
