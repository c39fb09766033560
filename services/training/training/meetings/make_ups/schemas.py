from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Name, Points, Schema, Text
from records.listing import Listing, at_least, at_most, equals
from training.kinds import MakeUpState, MeetingKind
from training.meetings.make_ups.models import MakeUp
from training.meetings.make_ups.queries import members_below, named_like


class MakeUpRecord(Schema):
    meeting_id: UUID = Field(title="缺席的会议编号")
    member_id: UUID = Field(title="党员编号")
    made_up_on: BusinessDate = Field(title="补课日期")
    note: Text | None = Field(default=None, title="补课内容")


class MakeUpRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID | None = Field(title="党员所在党组织编号")
    organization_name: str | None = Field(title="党员所在党组织")
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    meeting_id: UUID = Field(title="缺席的会议编号")
    meeting_name: str = Field(title="缺席的会议")
    kind: MeetingKind = Field(title="会议类型")
    held_on: date = Field(title="会议日期")
    due_on: date = Field(title="补课截止日期")
    hours: Points = Field(title="补课可得学时")
    made_up_on: date | None = Field(title="补课日期")
    is_late: bool = Field(title="逾期补课")
    note: str | None = Field(title="补课内容")
    state: MakeUpState = Field(title="状态")
    version: int = Field(title="版本")


class MakeUpListing(Listing, sortable=(MakeUp.due_on, MakeUp.held_on, MakeUp.hours), order=(MakeUp.due_on, MakeUp.id)):
    state: list[MakeUpState] = Field(default=[], max_length=3, title="状态,可重复", description="按当天计算")
    member_id: Annotated[UUID | None, equals(MakeUp.member_id)] = Field(default=None, title="党员编号")
    meeting_id: Annotated[UUID | None, equals(MakeUp.meeting_id)] = Field(default=None, title="缺席的会议编号")
    organization_id: Annotated[UUID | None, members_below()] = Field(default=None, title="党员所在党组织及其下级")
    due_from: Annotated[BusinessDate | None, at_least(MakeUp.due_on)] = Field(default=None, title="补课截止日期起")
    due_to: Annotated[BusinessDate | None, at_most(MakeUp.due_on)] = Field(default=None, title="补课截止日期止")
    q: Annotated[Name | None, named_like()] = Field(default=None, title="姓名中的文字")
