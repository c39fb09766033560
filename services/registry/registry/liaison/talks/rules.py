"""The day of a talk."""

from registry.dates import DateRules

TALK_DATES = DateRules({"held_on": "沟通日期"}, (), facts=frozenset({"held_on"}))
