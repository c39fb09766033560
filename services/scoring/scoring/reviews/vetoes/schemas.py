from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema, Text


class VetoRecord(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    ground: Text = Field(title="一票否决事项")
    reason: LongText = Field(title="事实与依据")


class VetoLifting(Schema):
    reason: LongText = Field(title="解除理由")


class VetoRead(VetoRecord):
    id: UUID
    version: int = Field(title="版本")
    recorded_on: date = Field(title="登记日期")
    lifted_on: date | None = Field(title="解除日期")
    lifting_reason: str | None = Field(title="解除理由")


class VetoList(Schema):
    items: list[VetoRead]
    next: str | None = None
