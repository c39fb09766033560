from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class UnitPostChanged(Payload, title="单位职务变更"):
    type: ClassVar[str] = "registry.unit_post.changed.v1"
    id: UUID
    member_id: UUID
    unit_id: UUID
    valid_from: date
    ended_on: date | None
    is_void: bool
