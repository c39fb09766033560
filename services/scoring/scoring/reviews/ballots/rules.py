"""Grades of a ballot, when it is valid, and how many may be excellent (domain rules §3)."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from kit.edge import LabelledEnum
from scoring.rounding import half_up

EXCELLENT_SHARE = 3


class Grade(LabelledEnum):
    EXCELLENT = "excellent", "优秀"
    QUALIFIED = "qualified", "合格"
    BASIC = "basically_qualified", "基本合格"
    UNQUALIFIED = "unqualified", "不合格"


def is_valid(cast: int, entitled: int) -> bool:
    """Half or more of those with a vote (domain rules §3: 半数以上, the half included)."""
    return entitled > 0 and 2 * cast >= entitled


def most_excellent(graded_subjects: int) -> int:
    """At most a third, rounded down."""
    return graded_subjects // EXCELLENT_SHARE


def has_too_many_excellent(grades: Collection[Grade], graded_subjects: int) -> bool:
    return sum(grade is Grade.EXCELLENT for grade in grades) > most_excellent(graded_subjects)


def mean(counts: Mapping[Grade, int], values: Mapping[Grade, int]) -> Fraction | None:
    """Mean value of the grades given, 0 to 100, exactly; None when nobody graded."""
    total = sum(counts.values())
    return Fraction(sum(count * values[grade] for grade, count in counts.items()), total) if total else None


def score(counts: Mapping[Grade, int], values: Mapping[Grade, int]) -> Decimal | None:
    """The mean as it is shown."""
    found = mean(counts, values)
    return None if found is None else half_up(found)
