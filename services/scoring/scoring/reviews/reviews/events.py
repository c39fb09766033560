from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.reviews.cycles.rules import State


class ReviewFacts(Payload):
    id: UUID
    version: int
    root_id: UUID
    cycle_id: UUID
    organization_id: UUID
    superior_id: UUID
    state: State
    opened_on: date
    finished_on: date | None
    is_late: bool


class ReviewAdvanced(ReviewFacts, title="评议进入步骤"):
    """Without `from_state` when it was opened; with a `reason` when it was reopened."""

    type: ClassVar[str] = "scoring.review.advanced.v1"
    from_state: State | None = None
    reason: str | None = None
