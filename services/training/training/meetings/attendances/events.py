from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import PlainSerializer

from records.events import Amount, Payload
from training.kinds import ClassKind, Direction, MeetingKind

WithOffset = Annotated[datetime, PlainSerializer(datetime.isoformat, return_type=str)]


class CheckInCodeIssued(Payload, title="生成签到码"):
    type: ClassVar[str] = "training.check_in_code.issued.v1"
    meeting_id: UUID
    closes_at: WithOffset


class CheckedIn(Payload, title="签到"):
    type: ClassVar[str] = "training.attendance.checked_in.v1"
    meeting_id: UUID
    member_id: UUID
    checked_in_at: WithOffset


class AttendanceListed(Payload, title="登记会议出席"):
    type: ClassVar[str] = "training.attendance.listed.v1"
    meeting_id: UUID
    expected: int
    attended: int


class Outcome(Payload):
    member_id: UUID
    attended: bool
    hours: Amount


class MeetingConfirmed(Payload, title="确认会议出席"):
    """Everybody who was expected is a participant; a `revision` corrects what earlier confirmations told."""

    type: ClassVar[str] = "training.meeting.confirmed.v1"
    meeting_id: UUID
    kind: MeetingKind
    class_kind: ClassKind | None
    organization_id: UUID
    path: str
    held_on: date
    hours: Amount
    is_valid: bool
    expected: int
    attended: int
    participants: list[Outcome]
    revision: int | None


class Presence(Outcome):
    spoke: bool


class ActivityConfirmed(Payload, title="确认活动出席"):
    """As of a meeting, but nobody owes an activity: it is told by a name of its own, with those beside the members."""

    type: ClassVar[str] = "training.activity.confirmed.v1"
    meeting_id: UUID
    kind: MeetingKind
    direction: Direction | None
    organization_id: UUID
    path: str
    held_on: date
    hours: Amount
    is_valid: bool
    attended: int
    teams: int
    guests: int
    enterprise_heads: int
    enterprises: int
    participants: list[Presence]
    revision: int | None


class AttendanceReopened(Payload, title="重新打开已确认的考勤"):
    type: ClassVar[str] = "training.attendance.reopened.v1"
    meeting_id: UUID
    organization_id: UUID
    held_on: date
    confirmations: int
