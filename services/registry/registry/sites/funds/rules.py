"""How much is above the limit, and whose star is rewarded. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from registry.dates import DateRules

PAID_DATES = DateRules({"paid_on": "拨付日期"}, (), facts=frozenset({"paid_on"}))
LEAST_REWARDED_STAR = 3
"""As for the plaque (rules.md §7)."""
CENT = Decimal("0.01")


def above(payroll: Decimal, most: Decimal, permille: int) -> Decimal:
    """Of the larger of budget and spent; the limit is rounded half up to the cent."""
    limit = (payroll * permille / 1000).quantize(CENT, ROUND_HALF_UP)
    return max(most - limit, Decimal(0))
