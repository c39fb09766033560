"""Shares and score of a counted survey."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")


class Counts(NamedTuple):
    good: int
    fairly_good: int
    ordinary: int
    poor: int


class Shares(NamedTuple):
    """Percentages of the answers: favourable is 好 and 较好 together."""

    favourable: Decimal
    ordinary: Decimal
    poor: Decimal


def shares(counts: Counts) -> Shares:
    total = sum(counts)
    parts = (counts.good + counts.fairly_good, counts.ordinary, counts.poor)
    return Shares(*((Decimal(100 * part) / total).quantize(CENT, ROUND_HALF_UP) for part in parts))


def score(counts: Counts, values: tuple[int, int, int, int]) -> Decimal:
    """Mean value of the answers, best grade first; between 0 and 100."""
    earned = sum(count * value for count, value in zip(counts, values, strict=True))
    return (Decimal(earned) / sum(counts)).quantize(CENT, ROUND_HALF_UP)
