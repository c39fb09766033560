from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.subjects import SubjectKind


class EntryRecorded(Payload, title="积分入账"):
    """A counter-entry has negative points, and names what it reverses and why."""

    type: ClassVar[str] = "scoring.entry.recorded.v1"
    entry_id: UUID
    root_id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    catalogue_id: UUID
    indicator_code: str
    points_year: int
    period: int
    period_key: str
    occurred_on: date
    requested: Amount
    granted: Amount
    source: str
    source_ref: str
    reversal_of: UUID | None
    reason: str | None
