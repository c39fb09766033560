from typing import ClassVar
from uuid import UUID

from records.events import Payload


class CircleRoomChanged(Payload, title="活动室变更"):
    type: ClassVar[str] = "registry.circle_room.changed.v1"
    id: UUID
    circle_id: UUID
    capacity: int
    is_void: bool
