from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import LongText, Schema


class ReportSubmit(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    content: LongText | None = Field(default=None, title="述职内容")
    absence_reason: LongText | None = Field(default=None, title="缺席理由(由组织评议的党组织登记)")

    @model_validator(mode="after")
    def content_or_absence(self) -> Self:
        if (self.content is None) == (self.absence_reason is None):
            raise ValueError("述职内容与缺席理由须填且只填一项")
        return self


class ReportComment(Schema):
    comment: LongText = Field(title="上级点评")


class ReportRead(Schema):
    review_id: UUID
    subject_id: UUID = Field(title="评议对象")
    version: int = Field(title="版本")
    content: str | None = Field(title="述职内容")
    is_absent: bool = Field(title="是否缺席")
    absence_reason: str | None = Field(title="缺席理由")
    submitted_on: date = Field(title="日期")
    comment: str | None = Field(title="上级点评")
    commented_on: date | None = Field(title="点评日期")


class ReportList(Schema):
    items: list[ReportRead]
    next: str | None = None
