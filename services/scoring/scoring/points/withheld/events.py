from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.points.closures.models import WithheldState
from scoring.subjects import SubjectKind


class WithheldPointsDecided(Payload, title="处理暂缓入账的积分"):
    """`review_ids` name the final results that the decision touches."""

    type: ClassVar[str] = "scoring.withheld_points.decided.v1"
    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    indicator_code: str
    state: WithheldState
    reason: str
    review_ids: list[UUID]
