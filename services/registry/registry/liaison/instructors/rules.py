"""The dates of an instructor and of the service to a unit."""

from registry.dates import ADULT, After, DateRules

INSTRUCTOR_DATES = DateRules(
    {"birth_on": "出生日期", "engaged_on": "任职日期", "released_on": "届满日期"},
    (After("engaged_on", "birth_on", years=ADULT), After("released_on", "engaged_on", strictly=True)),
)
NOT_BEFORE_ENGAGEMENT = After("valid_from", "engaged_on")
ASSIGNMENT_DATES = DateRules(
    {"engaged_on": "指导员的任职日期", "valid_from": "起始日期", "valid_to": "结束日期"},
    (NOT_BEFORE_ENGAGEMENT, After("valid_to", "valid_from", strictly=True)),
)
