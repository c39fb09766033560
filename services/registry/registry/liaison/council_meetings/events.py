from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.liaison.council_meetings.kinds import CouncilBody


class CouncilMeetingChanged(Payload, title="联席会议变更"):
    type: ClassVar[str] = "registry.council_meeting.changed.v1"
    id: UUID
    organization_id: UUID
    held_on: date
    present: list[CouncilBody]
    is_void: bool
