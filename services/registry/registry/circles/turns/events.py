from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class CircleTurnChanged(Payload, title="活动圈轮值变更"):
    type: ClassVar[str] = "registry.circle_turn.changed.v1"
    id: UUID
    circle_id: UUID
    organization_id: UUID
    month_on: date
    is_void: bool
