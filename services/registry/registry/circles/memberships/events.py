from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class CircleMembershipChanged(Payload, title="活动圈会员变更"):
    """Without `member_id` the whole organisation is in the circle."""

    type: ClassVar[str] = "registry.circle_membership.changed.v1"
    id: UUID
    circle_id: UUID
    organization_id: UUID
    member_id: UUID | None
    joined_on: date
    ended_on: date | None
    is_far: bool
    is_void: bool
