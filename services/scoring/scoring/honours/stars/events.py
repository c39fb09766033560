from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.subjects import SubjectKind


class StarPublished(Payload, title="公布星级"):
    type: ClassVar[str] = "scoring.star.published.v1"
    id: UUID
    year: int
    subject_kind: SubjectKind
    subject_id: UUID
    organization_id: UUID
    name: str
    level: int
    previous_level: int | None
    reason: str
    published_on: date
    is_late: bool
    is_current: bool


class PlaqueEvent(Payload):
    id: UUID
    organization_id: UUID
    name: str
    number: str
    level: int
    issued_on: date
    withdrawn_on: date | None
    withdrawal_reason: str | None


class PlaqueIssued(PlaqueEvent, title="授予牌匾"):
    type: ClassVar[str] = "scoring.plaque.issued.v1"


class PlaqueWithdrawn(PlaqueEvent, title="摘除牌匾"):
    type: ClassVar[str] = "scoring.plaque.withdrawn.v1"
