"""Shares and score of a counted survey."""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scoring.rounding import half_up


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
    return Shares(*(half_up(Fraction(100 * part, total)) for part in parts))


def mean(counts: Counts, values: tuple[int, int, int, int]) -> Fraction:
    """Mean value of the answers, best grade first; between 0 and 100, exactly."""
    return Fraction(sum(count * value for count, value in zip(counts, values, strict=True)), sum(counts))
