from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field
from sqlalchemy import func

from kit.edge import BusinessDate, Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.branch_sites.online_meetings import queries
from training.branch_sites.online_meetings.models import OnlineMeeting
from training.kinds import MeetingKind, MeetingState
from training.meetings.meetings.models import Meeting

OnlineMeetingId = Annotated[UUID, Path(title="网上组织生活编号")]
HELD_ON = func.coalesce(queries.of_meeting(Meeting.held_on), date.max).label("held_on")


class OnlineMeetingCreate(Schema):
    meeting_id: UUID = Field(title="会议", description="已安排的会议,人员、考勤和记录都按会议办理")
    site_column_id: UUID = Field(title="在哪个栏目进行", description="本支部已上线的网上支部的栏目")


class OnlineMeetingRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    site_column_id: UUID = Field(title="栏目编号")
    site_column_name: str = Field(title="栏目")
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    kind: MeetingKind = Field(title="类型")
    starts_at: datetime = Field(title="开始时间")
    ends_at: datetime = Field(title="结束时间")
    held_on: date = Field(title="召开日期")
    state: MeetingState = Field(title="状态")
    expected: int = Field(title="应到人数")
    attended: int = Field(title="实到人数(确认后)")
    posts: int = Field(title="留言数(已显示的留言和跟帖)")
    writers: int = Field(title="留言人数")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class OnlineMeetingListing(Listing, sortable=(HELD_ON,), order=(OnlineMeeting.id.desc(),)):
    organization_id: Annotated[UUID | None, below(OnlineMeeting.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    branch_site_id: Annotated[UUID | None, equals(OnlineMeeting.branch_site_id)] = Field(
        default=None, title="网上支部编号"
    )
    meeting_id: Annotated[UUID | None, equals(OnlineMeeting.meeting_id)] = Field(default=None, title="会议编号")
    held_from: Annotated[BusinessDate | None, Where(lambda day: queries.of_meeting(Meeting.held_on) >= day)] = Field(
        default=None, title="召开日期起"
    )
    held_to: Annotated[BusinessDate | None, Where(lambda day: queries.of_meeting(Meeting.held_on) <= day)] = Field(
        default=None, title="召开日期止"
    )
    is_void: Annotated[bool, void_or_not(OnlineMeeting)] = Field(default=False, title="只列已作废的")


class OnlineMeetingFigures(Schema):
    meetings: int = Field(title="网上组织生活次数", description="只数考勤已确认的")
    person_times: int = Field(title="参加人次")
    people: int = Field(title="参加人数(同一人只计一次)")
    posts: int = Field(title="留言条数")


class OnlineMeetingChanged(Payload, title="网上组织生活变更"):
    type: ClassVar[str] = "training.online_meeting.changed.v1"
    id: UUID
    organization_id: UUID
    meeting_id: UUID
    branch_site_id: UUID
    site_column_id: UUID
    is_void: bool
