from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from training.kinds import MeetingKind


class AttendanceMadeUp(Payload, title="补课"):
    type: ClassVar[str] = "training.attendance.made_up.v1"
    meeting_id: UUID
    kind: MeetingKind
    member_id: UUID
    organization_id: UUID
    held_on: date
    made_up_on: date | None
    hours: Amount
    revision: int | None
