from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload


class UpperItemChanged(Payload, title="上级考核表变更"):
    type: ClassVar[str] = "scoring.upper_item.changed.v1"
    id: UUID
    organization_id: UUID
    year: int
    position: int
    maximum: Amount
    own_score: Amount | None
    upper_score: Amount | None
    is_void: bool
    revision: int
