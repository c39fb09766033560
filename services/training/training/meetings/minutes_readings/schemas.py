from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field
from sqlalchemy import func

from kit.edge import BusinessDate, Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from training.kinds import MeetingKind
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.minutes_readings import queries

HELD_ON = func.coalesce(queries.of_meeting(Meeting.held_on), date.max).label("held_on")


class MinutesReadingRead(Schema):
    id: UUID = Field(title="编号")
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    kind: MeetingKind = Field(title="类型")
    held_on: date = Field(title="召开日期")
    member_id: UUID = Field(title="缺席党员编号")
    member_name: str = Field(title="缺席党员")
    absence_reason: str | None = Field(title="缺席原因")
    read_at: datetime | None = Field(title="签阅时间", description="签阅不是到会,也不是补课")
    minutes_version: int | None = Field(title="签阅的会议记录版本")
    root_id: UUID = Field(title="所属区编号")


class MinutesReadingListing(Listing, sortable=(HELD_ON,), order=(Participant.id.desc(),)):
    organization_id: Annotated[UUID | None, Where(queries.meeting_below)] = Field(
        default=None, title="该党组织及其下级"
    )
    meeting_id: Annotated[UUID | None, equals(Participant.meeting_id)] = Field(default=None, title="会议编号")
    member_id: Annotated[UUID | None, equals(Participant.member_id)] = Field(default=None, title="缺席党员编号")
    is_read: Annotated[bool | None, Where(queries.is_signed)] = Field(default=None, title="已签阅")
    held_from: Annotated[BusinessDate | None, Where(lambda day: queries.of_meeting(Meeting.held_on) >= day)] = Field(
        default=None, title="召开日期起"
    )
    held_to: Annotated[BusinessDate | None, Where(lambda day: queries.of_meeting(Meeting.held_on) <= day)] = Field(
        default=None, title="召开日期止"
    )


class MinutesSigned(Payload, title="签阅会议记录"):
    type: ClassVar[str] = "training.minutes.signed.v1"
    meeting_id: UUID
    member_id: UUID
    minutes_version: int
