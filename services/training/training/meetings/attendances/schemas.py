from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kit.edge import Instant, Name, Points, Schema, Text
from records.listing import Listing, equals
from training.meetings.attendances.queries import named_like
from training.meetings.meetings.models import Participant


class AttendanceLine(Schema):
    member_id: UUID = Field(title="党员编号")
    attended: bool = Field(title="是否到会", strict=True)
    absence_reason: Text | None = Field(default=None, title="缺席原因")
    spoke: bool = Field(default=False, title="主讲或交流分享", description="只填到会的人", strict=True)


class AttendanceList(Schema):
    items: Annotated[list[AttendanceLine], Field(max_length=5000)] = Field(
        title="考勤名单", description="整份替换;未列出的人以本人签到为准"
    )


class ParticipantRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    has_vote: bool = Field(title="有表决权")
    attended: bool = Field(title="到会")
    checked_in_at: datetime | None = Field(title="签到时间")
    is_listed: bool | None = Field(title="名单登记(空为未登记)")
    absence_reason: str | None = Field(title="缺席原因")
    spoke: bool = Field(title="主讲或交流分享")
    hours: Points | None = Field(title="计入学时(确认后)")


class ParticipantListing(
    Listing, sortable=(Participant.attended, Participant.has_vote), order=(Participant.member_id,)
):
    attended: Annotated[bool | None, equals(Participant.attended)] = Field(default=None, title="到会")
    has_vote: Annotated[bool | None, equals(Participant.has_vote)] = Field(default=None, title="有表决权")
    q: Annotated[Name | None, named_like()] = Field(default=None, title="姓名中的文字")


class AttendanceCount(Schema):
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    version: int = Field(title="会议的版本", description="登记考勤后随之变化,确认时用它作 If-Match")
    expected: int = Field(title="应到")
    attended: int = Field(title="实到")
    votes_expected: int = Field(title="有表决权应到")
    votes_present: int = Field(title="有表决权实到")
    would_be_valid: bool = Field(title="按现有考勤是否有效")


class Confirmation(Schema):
    without_minutes_reason: Text | None = Field(
        default=None, title="会议记录未审定而确认的原因", description="会议记录已审定的不填,填了也不保留"
    )


class AttendanceReopen(Schema):
    reason: Text = Field(title="重新打开的原因")


class CodeIssue(Schema):
    opens_at: Instant | None = Field(default=None, title="签到开始", description="默认为会前若干分钟")
    closes_at: Instant | None = Field(default=None, title="签到截止", description="默认为会议结束")


class CodeRead(Schema):
    id: UUID = Field(title="编号")
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    version: int = Field(title="会议的版本", description="生成签到码后随之变化")
    code: str = Field(title="签到码", description="只在此处显示一次")
    opens_at: datetime = Field(title="签到开始")
    closes_at: datetime = Field(title="签到截止")


class CheckIn(Schema):
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z\- ]{8,16}$", strict=True)] = Field(title="签到码")


class CheckInRead(Schema):
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    checked_in_at: datetime = Field(title="签到时间")
