from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from training.kinds import MeetingKind, MeetingState


class MeetingEvent(Payload):
    meeting_id: UUID
    organization_id: UUID
    kind: MeetingKind
    title: str
    held_on: date
    hours: Amount
    state: MeetingState
    expected: int


class MeetingPlanned(MeetingEvent, title="安排会议"):
    type: ClassVar[str] = "training.meeting.planned.v1"


class MeetingChanged(MeetingEvent, title="变更会议"):
    type: ClassVar[str] = "training.meeting.changed.v1"


class ParticipantsChosen(MeetingEvent, title="确定会议应到人员"):
    type: ClassVar[str] = "training.meeting.participants_chosen.v1"


class MeetingCancelled(MeetingEvent, title="取消会议"):
    type: ClassVar[str] = "training.meeting.cancelled.v1"
