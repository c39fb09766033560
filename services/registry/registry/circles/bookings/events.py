from datetime import datetime
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class CircleBookingChanged(Payload, title="活动室预约变更"):
    type: ClassVar[str] = "registry.circle_booking.changed.v1"
    id: UUID
    room_id: UUID
    organization_id: UUID
    starts_at: datetime
    ends_at: datetime
    people: int
    is_void: bool
