"""The day of a notice."""

from registry.dates import DateRules

NOTICE_DATES = DateRules({"occurred_on": "发生日期"}, (), facts=frozenset({"occurred_on"}))
