from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class VetoChanged(Payload, title="一票否决变更"):
    type: ClassVar[str] = "scoring.veto.changed.v1"
    id: UUID
    version: int
    review_id: UUID
    subject_id: UUID
    ground: str
    reason: str
    recorded_on: date
    lifted_on: date | None
    lifting_reason: str | None
