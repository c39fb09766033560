"""One way to round: half up, once, of an exact fraction (domain rules §7)."""

from decimal import Decimal
from fractions import Fraction

MOST_ANSWERS = 1_000_000
PLACES = 2


def half_up(value: Fraction) -> Decimal:
    """To cents, of a value that is not negative."""
    cents = value * 10**PLACES
    return Decimal((2 * cents.numerator + cents.denominator) // (2 * cents.denominator)).scaleb(-PLACES)


def as_told(value: Fraction) -> Decimal:
    """For an event: not rounded to what is shown, since points are made of it."""
    return Decimal(value.numerator) / value.denominator


def told(value: object) -> Fraction:
    """A number of an event. A mean of up to a million answers, told in 28 digits, is the fraction it came from."""
    return Fraction(Decimal(str(value))).limit_denominator(MOST_ANSWERS)
