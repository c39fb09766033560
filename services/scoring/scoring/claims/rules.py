"""When a thing done may still be claimed, and who may decide about a claim."""

from datetime import date, timedelta
from uuid import UUID


def may_be_claimed(occurred_on: date, today: date, grace_days: int) -> bool:
    """Things of the running points year; of the last one only in the first `grace_days` days of this."""
    if occurred_on > today:
        return False
    if occurred_on.year == today.year:
        return True
    return occurred_on.year == today.year - 1 and today < date(today.year, 1, 1) + timedelta(days=grace_days)


def is_own(*, subject_id: UUID, claimed_by: UUID, decider: UUID, person: UUID | None) -> bool:
    """Nobody decides on a claim about oneself, or that one has filed."""
    return claimed_by == decider or subject_id == person
