"""The share of a team that holds both posts, and the days of a unit post."""

from decimal import ROUND_HALF_UP, Decimal

from registry.dates import After, DateRules

TENTH = Decimal("0.1")
UNIT_POST_DATES = DateRules(
    {"valid_from": "任职日期", "ended_on": "免职日期"},
    (After("ended_on", "valid_from", strictly=True),),
    facts=frozenset({"valid_from", "ended_on"}),
)


def cross_share(both: int, team: int) -> Decimal | None:
    """Per cent with one place, half up; a team of nobody has no share."""
    if team == 0:
        return None
    return (Decimal(both) * 100 / Decimal(team)).quantize(TENTH, ROUND_HALF_UP)


def is_more_than_half(both: int, team: int) -> bool:
    return both * 2 > team
