from datetime import datetime
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema


class MinutesWrite(Schema):
    text: LongText = Field(title="会议记录")


class AddendumWrite(Schema):
    text: LongText = Field(title="补充更正")


class AddendumRead(Schema):
    id: UUID = Field(title="编号")
    text: str = Field(title="补充更正")
    written_by: UUID = Field(title="记录人")
    written_at: datetime = Field(title="记录时间")


class MinutesRead(Schema):
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    version: int = Field(title="版本,0 为尚无记录")
    text: str | None = Field(title="会议记录")
    is_locked: bool = Field(title="已锁定,只能补充")
    approved_at: datetime | None = Field(title="审定时间")
    approved_by: UUID | None = Field(title="审定人")
    addenda: list[AddendumRead] = Field(title="补充更正")
