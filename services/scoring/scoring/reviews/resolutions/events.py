from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class Decided(Payload):
    subject_id: UUID
    stars: int


class ResolutionRecorded(Payload, title="登记审议决定"):
    """Only what was passed, and waits for nobody."""

    type: ClassVar[str] = "scoring.resolution.recorded.v1"
    resolution_id: UUID
    review_id: UUID
    held_on: date
    decisions: list[Decided]


class ResolutionConfirmed(Payload, title="上级确认审议决定"):
    """What was passed and concerned who recorded it."""

    type: ClassVar[str] = "scoring.resolution.confirmed.v1"
    resolution_id: UUID
    review_id: UUID
    confirmed_on: date
    decisions: list[Decided]
