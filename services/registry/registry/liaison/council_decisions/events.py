from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.liaison.council_meetings.kinds import CouncilBody


class CouncilDecisionChanged(Payload, title="联席会议议定事项变更"):
    type: ClassVar[str] = "registry.council_decision.changed.v1"
    id: UUID
    meeting_id: UUID
    body: CouncilBody
    due_on: date
    done_on: date | None
    is_void: bool
