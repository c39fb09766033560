"""What an attempt is worth, and which of several counts."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
WHOLE = 100


class Standing(NamedTuple):
    """What a member has reached in an exam: the best score, and the day of the first pass."""

    score: Decimal
    is_passed: bool
    taken_on: date


def due(now: datetime, minutes: int, closes_at: datetime) -> datetime:
    return min(now + timedelta(minutes=minutes), closes_at)


def right(answers: Sequence[str], keys: Sequence[str]) -> int:
    """A question counts when exactly the right options were chosen."""
    return sum(given == key for given, key in zip(answers, keys, strict=True))


def score(right_ones: int, questions: int) -> Decimal:
    return (Decimal(right_ones * WHOLE) / questions).quantize(CENT, ROUND_HALF_UP)


def better(before: Standing | None, now: Standing) -> Standing:
    """The best score is kept, and a pass is never overwritten by what comes later (rules §10)."""
    if before is None or (now.is_passed and not before.is_passed):
        return now
    if before.is_passed or now.score <= before.score:
        return before._replace(score=max(before.score, now.score))
    return now
