from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.circles.staffing.kinds import CentreStaffKind


class CentreStaffChanged(Payload, title="活动中心派驻变更"):
    type: ClassVar[str] = "registry.centre_staff.changed.v1"
    id: UUID
    circle_id: UUID
    kind: CentreStaffKind
    valid_from: date
    ended_on: date | None
    is_void: bool
