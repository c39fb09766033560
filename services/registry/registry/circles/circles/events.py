from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class CircleChanged(Payload, title="党建活动圈变更"):
    type: ClassVar[str] = "registry.circle.changed.v1"
    id: UUID
    organization_id: UUID
    name: str
    opened_on: date
    ended_on: date | None
    is_void: bool
