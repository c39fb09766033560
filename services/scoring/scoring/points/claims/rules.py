"""When a thing done may still be claimed, and who may decide about a claim."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID


def may_be_claimed(occurred_on: date, today: date, grace_days: int) -> bool:
    """Things of the running points year; of the last one only in the first `grace_days` days of this."""
    if occurred_on > today:
        return False
    if occurred_on.year == today.year:
        return True
    return occurred_on.year == today.year - 1 and today < date(today.year, 1, 1) + timedelta(days=grace_days)


class Filed(NamedTuple):
    subject_id: UUID
    claimed_by: UUID
    claimant_person_id: UUID | None


def is_own(claim: Filed, *, decider: UUID, person: UUID | None) -> bool:
    """Nobody decides on a claim about oneself, or that one has filed, with this account or another."""
    if claim.claimed_by == decider:
        return True
    return person is not None and person in (claim.subject_id, claim.claimant_person_id)
