"""What a check of a site comes to. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from registry.dates import DateRules
from registry.sites.site_checks.kinds import HAVES, ON_WALL, SiteItem

CHECK_DATES = DateRules({"checked_on": "检查日期"}, (), facts=frozenset({"checked_on"}))
Items = Sequence[Mapping[str, Any]]
EARNING = (*HAVES, SiteItem.RULES)


def wrong_items(given: Sequence[str], expected: Collection[str]) -> list[str]:
    """What is missing, unknown or there twice."""
    missing = set(expected) - set(given)
    unknown = set(given) - set(expected)
    twice = {one for one in given if given.count(one) > 1}
    return sorted(missing | unknown | twice)


def is_met(items: Items, wanted: SiteItem) -> bool:
    """有制度 is met on a list of 五有五上墙 when all five hang on the wall (O20)."""
    met = {one["item"] for one in items if one["is_met"]}
    if wanted is SiteItem.RULES and wanted not in {one["item"] for one in items}:
        return met.issuperset(ON_WALL)
    return wanted in met


def year_of(checks: Iterable[Items]) -> dict[str, bool]:
    """What one of the year's checks found: a later one that finds less takes nothing back."""
    found = list(checks)
    return {f"has_{one.value}": any(is_met(items, one) for items in found) for one in EARNING}
