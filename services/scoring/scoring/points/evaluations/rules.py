"""Until when a month may be judged (domain rules §7 and §8: 一月一评价 by the 10th of the next month)."""

from datetime import date, timedelta

LONGEST_EXTENSION_DAYS = 31


def due_on(day: date, allowed_days: int) -> date:
    """The last day: so many days after the month's last day, or after the superior opened it."""
    return day + timedelta(days=allowed_days)


def may_be_opened_late(last_of_month: date, today: date) -> bool:
    """By the superior with a reason: months of this points year and the one before."""
    return last_of_month.year >= today.year - 1


def may_be_extended_to(day: date, today: date) -> bool:
    return today <= day <= today + timedelta(days=LONGEST_EXTENSION_DAYS)
