from registry.dates import DateRules

PAID_DATES = DateRules({"paid_on": "拨付日期"}, (), facts=frozenset({"paid_on"}))
