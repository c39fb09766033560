from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, Instant, LongText, Name, Points, Schema, Text
from records.listing import Listing, at_least, at_most, contains, equals
from roster.queries import below
from training.kinds import Audience, ClassKind, Direction, Duration, MeetingKind, MeetingState
from training.meetings.meetings.models import Meeting

People = Annotated[list[UUID], Field(min_length=1, max_length=5000)]


class MeetingPlan(Schema):
    organization_id: UUID = Field(title="召集的党组织编号")
    kind: MeetingKind = Field(title="类型")
    class_kind: ClassKind | None = Field(default=None, title="培训班形式", description="类型为培训班时必填")
    audience: Audience | None = Field(default=None, title="参加范围", description="培训班须指明,其他类型由系统确定")
    participant_ids: People | None = Field(default=None, title="指定的参加人", description="参加范围为指定人员时必填")
    title: Text = Field(title="主题")
    place: Text | None = Field(default=None, title="地点")
    agenda: LongText | None = Field(default=None, title="议程")
    lecturer: Name | None = Field(default=None, title="主讲人")
    starts_at: Instant = Field(title="开始时间")
    ends_at: Instant = Field(title="结束时间")
    duration: Duration = Field(default=Duration.BY_CLOCK, title="时长折算方式")
    has_election: bool = Field(default=False, title="是否选举", description="选举须五分之四以上有表决权者到会")
    direction: Direction | None = Field(default=None, title="走出去或请进来", description="类型为学习交流时必填")
    host_name: Name | None = Field(default=None, title="对方单位或接待方", description="类型为学习交流时必填")
    visited_organization_id: UUID | None = Field(
        default=None, title="观摩的示范点(党组织)", description="类型为现场观摩时必填,须当日是示范点"
    )


class MeetingChange(Schema):
    title: Text | None = Field(default=None, title="主题")
    place: Text | None = Field(default=None, title="地点")
    agenda: LongText | None = Field(default=None, title="议程")
    lecturer: Name | None = Field(default=None, title="主讲人")
    starts_at: Instant | None = Field(default=None, title="开始时间")
    ends_at: Instant | None = Field(default=None, title="结束时间")
    duration: Duration | None = Field(default=None, title="时长折算方式")
    has_election: bool | None = Field(default=None, title="是否选举")

    @model_validator(mode="before")
    @classmethod
    def refuse_emptied(cls, given: Any) -> Any:
        emptied = ("title", "starts_at", "ends_at", "duration", "has_election")
        if isinstance(given, dict) and any(name in given and given[name] is None for name in emptied):
            raise ValueError("主题、时间、折算方式和是否选举不能清空")
        return given


class ParticipantsChoice(Schema):
    participant_ids: People | None = Field(default=None, title="指定的参加人", description="不填则按参加范围重新计算")


class Cancellation(Schema):
    reason: Text = Field(title="取消原因")


class MeetingRead(Schema):
    id: UUID = Field(title="编号")
    version: int = Field(title="版本")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="召集的党组织编号")
    organization_name: str = Field(title="召集的党组织")
    kind: MeetingKind = Field(title="类型")
    class_kind: ClassKind | None = Field(title="培训班形式")
    audience: Audience = Field(title="参加范围")
    title: str = Field(title="主题")
    place: str | None = Field(title="地点")
    agenda: str | None = Field(title="议程")
    lecturer: str | None = Field(title="主讲人")
    starts_at: datetime = Field(title="开始时间")
    ends_at: datetime = Field(title="结束时间")
    held_on: date = Field(title="召开日期")
    duration: Duration = Field(title="时长折算方式")
    hours: Points = Field(title="学时")
    has_election: bool = Field(title="是否选举")
    is_by_superior: bool = Field(title="是否上级举办")
    state: MeetingState = Field(title="状态")
    expected: int = Field(title="应到人数")
    attended: int = Field(title="实到人数(确认后)")
    is_valid: bool | None = Field(title="是否有效(确认后)")
    cancel_reason: str | None = Field(title="取消原因")
    confirmed_at: datetime | None = Field(title="确认时间")
    confirmations: int = Field(title="考勤确认次数", description="大于 0 而状态为已安排,是由上级重新打开、尚未再次确认")
    without_minutes_reason: str | None = Field(title="会议记录未审定而确认考勤的原因")
    series: UUID | None = Field(title="所属系列编号(每周重复的)")
    direction: Direction | None = Field(title="走出去或请进来")
    host_name: str | None = Field(title="对方单位或接待方")
    visited_organization_id: UUID | None = Field(title="观摩的示范点编号")
    visited_organization_name: str | None = Field(title="观摩的示范点")
    teams: int = Field(title="队数")
    guests: int = Field(title="党员以外的人数")
    enterprise_heads: int = Field(title="其中企业出资人和负责人")
    enterprises: int = Field(title="到场企业数")


class MeetingListing(
    Listing,
    sortable=(
        Meeting.held_on,
        Meeting.starts_at,
        Meeting.kind,
        Meeting.title,
        Meeting.state,
        Meeting.hours,
        Meeting.expected,
        Meeting.attended,
    ),
    order=(Meeting.held_on.desc(), Meeting.id.desc()),
):
    kind: Annotated[list[MeetingKind], equals(Meeting.kind)] = Field(default=[], max_length=20, title="类型,可重复")
    class_kind: Annotated[list[ClassKind], equals(Meeting.class_kind)] = Field(
        default=[], max_length=10, title="培训班形式,可重复"
    )
    state: Annotated[list[MeetingState], equals(Meeting.state)] = Field(default=[], max_length=5, title="状态,可重复")
    organization_id: Annotated[UUID | None, below(Meeting.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    held_from: Annotated[BusinessDate | None, at_least(Meeting.held_on)] = Field(default=None, title="召开日期起")
    held_to: Annotated[BusinessDate | None, at_most(Meeting.held_on)] = Field(default=None, title="召开日期止")
    is_valid: Annotated[bool | None, equals(Meeting.is_valid)] = Field(default=None, title="是否有效(确认后)")
    series: Annotated[UUID | None, equals(Meeting.series)] = Field(default=None, title="所属系列编号")
    direction: Annotated[Direction | None, equals(Meeting.direction)] = Field(default=None, title="走出去或请进来")
    visited_organization_id: Annotated[UUID | None, equals(Meeting.visited_organization_id)] = Field(
        default=None, title="观摩的示范点编号"
    )
    q: Annotated[Text | None, contains(Meeting.title)] = Field(default=None, title="主题中的文字")


class Permissions(Schema):
    may_change: bool = Field(title="可修改")
    may_record_attendance: bool = Field(title="可登记考勤")
    may_confirm: bool = Field(title="可确认")
    may_cancel: bool = Field(title="可取消")


class ReopeningRead(Schema):
    reason: str = Field(title="重新打开的原因")
    reopened_at: datetime = Field(title="重新打开的时间")
    reopened_by: UUID = Field(title="重新打开的操作人")
    was_confirmed_at: datetime = Field(title="原确认时间")
    was_confirmed_by: UUID = Field(title="原确认人")


class MeetingLinks(Schema):
    history: str = Field(title="变更历史")


class MeetingDetail(MeetingRead):
    permissions: Permissions = Field(title="当前可做的操作")
    due_on: date | None = Field(title="考勤确认截止日期", description="由上级重新打开的不受此限")
    reopenings: list[ReopeningRead] = Field(title="考勤由上级重新打开的记录")
    links: MeetingLinks = Field(title="链接")


class HistoryEntry(Schema):
    type: str = Field(title="事件")
    version: int = Field(title="版本")
    time: datetime = Field(title="时间")
    actor: UUID | None = Field(title="操作人")
