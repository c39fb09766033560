from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Points, Schema, Text
from training.kinds import MakeUpState


class MakeUpRecord(Schema):
    meeting_id: UUID = Field(title="缺席的会议")
    member_id: UUID = Field(title="党员")
    made_up_on: BusinessDate = Field(title="补课日期")
    note: Text | None = Field(default=None, title="补课内容")


class MakeUpRead(Schema):
    id: UUID
    meeting_id: UUID = Field(title="缺席的会议")
    member_id: UUID = Field(title="党员")
    held_on: date = Field(title="会议日期")
    due_on: date = Field(title="补课截止日期")
    hours: Points = Field(title="补课可得学时")
    made_up_on: date | None = Field(title="补课日期")
    is_late: bool = Field(title="逾期补课")
    note: str | None = Field(title="补课内容")
    state: MakeUpState = Field(title="状态")
