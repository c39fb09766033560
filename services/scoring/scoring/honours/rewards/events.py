from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.subjects import SubjectKind


class RewardChanged(Payload, title="星级奖励变更"):
    type: ClassVar[str] = "scoring.reward.changed.v1"
    id: UUID
    organization_id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    level: int
    amount: Amount
    granted_on: date
    is_void: bool
    revision: int
