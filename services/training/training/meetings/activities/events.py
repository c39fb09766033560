from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class HeadsCounted(Payload, title="登记活动人数"):
    type: ClassVar[str] = "training.heads.counted.v1"
    meeting_id: UUID
    organization_id: UUID
    held_on: date
    teams: int
    guests: int
    enterprise_heads: int
    enterprises: int
