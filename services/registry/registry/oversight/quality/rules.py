"""Of which days a check was counted, and how many it found on each. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID


class Counted(NamedTuple):
    day: date
    number: int


def trend_of(code: str, days: Sequence[date], numbers: Mapping[tuple[str, date], int]) -> list[Counted]:
    """Every day that was counted; where nothing was found on it, none."""
    return [Counted(day, numbers.get((code, day), 0)) for day in days]


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """A pair has no direction."""
    first, second = sorted((one, other))
    return first, second
