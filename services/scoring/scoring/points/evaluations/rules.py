"""Until when a month may be judged (domain rules §7 and §8: 一月一评价 by the 10th of the next month)."""

from collections.abc import Sized
from datetime import date, timedelta

LONGEST_EXTENSION_DAYS = 31


def due_on(day: date, allowed_days: int) -> date:
    """The last day: so many days after the month's last day, or after the superior opened it."""
    return day + timedelta(days=allowed_days)


def needs_reason(members: Sized, grades: Sized) -> bool:
    """Somebody was there to be graded, and nobody was."""
    return len(members) > 0 and len(grades) == 0


def revision_confirmed(confirmations: int) -> int | None:
    """Which correction of its causes a confirmation is: none the first time, then odd ones."""
    return None if confirmations == 1 else 2 * confirmations - 1


def revision_reopened(confirmations: int) -> int:
    """The even one between the confirmation that is taken back and the next."""
    return 2 * confirmations


def may_be_opened_late(last_of_month: date, today: date) -> bool:
    """By the superior with a reason: months of this points year and the one before."""
    return last_of_month.year >= today.year - 1


def may_be_extended_to(day: date, today: date) -> bool:
    return today <= day <= today + timedelta(days=LONGEST_EXTENSION_DAYS)
