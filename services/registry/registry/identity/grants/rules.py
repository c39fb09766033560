"""Who may hold what together."""

from collections.abc import Iterable

LEVELS = {"district_officer": (1, 2), "town_officer": (3,), "branch_secretary": (4,), "convener": (3, 4)}


def is_administrator(role: str) -> bool:
    return role.endswith("_administrator")


def are_separate(role: str, held: Iterable[str]) -> bool:
    """三员分立: an administrator holds that one role and no other, an officer none of the administrators'."""
    others = [other for other in held if other != role or is_administrator(role)]
    return not any(is_administrator(other) for other in others) and not (is_administrator(role) and others)


def fits_level(role: str, level: int) -> bool:
    return role not in LEVELS or level in LEVELS[role]
