"""The day of a project's contract."""

from registry.dates import DateRules

PROJECT_DATES = DateRules({"signed_on": "签约日期"}, (), facts=frozenset({"signed_on"}))
