from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.subjects import SubjectKind


class PointsWithheld(Payload, title="积分暂缓入账"):
    """What a cause would have earned in a period whose result is final."""

    type: ClassVar[str] = "scoring.points.withheld.v1"
    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    indicator_code: str
    requested: Amount
    occurred_on: date
    source: str
    source_ref: str
    revision: int
