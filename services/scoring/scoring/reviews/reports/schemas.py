from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.reports.models import Report


class ReportSubmit(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    content: LongText | None = Field(default=None, title="述职内容")
    absence_reason: LongText | None = Field(default=None, title="缺席理由(由组织评议的党组织登记)")
    paper_file_id: UUID | None = Field(default=None, title="本人签字的纸质材料(仅代为录入时填写)")

    @model_validator(mode="after")
    def content_or_absence(self) -> Self:
        if (self.content is None) == (self.absence_reason is None):
            raise ValueError("述职内容与缺席理由须填且只填一项")
        return self


class ReportComment(Schema):
    comment: LongText | None = Field(title="上级点评", description="可以更正;为空即撤回原有的点评")


class ReportRead(Schema):
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    content: str | None = Field(title="述职内容")
    is_absent: bool = Field(title="是否缺席")
    absence_reason: str | None = Field(title="缺席理由")
    submitted_on: date = Field(title="日期")
    paper_file_id: UUID | None = Field(title="签字材料编号(代为录入的)")
    paper_file_name: str | None = Field(title="签字材料")
    comment: str | None = Field(title="上级点评")
    commented_on: date | None = Field(title="点评日期(更正不改)")
    version: int = Field(title="版本")


class ReportListing(
    Listing, sortable=(Report.submitted_on, Report.is_absent), order=(Report.review_id, Report.subject_id)
):
    review_id: Annotated[UUID, equals(Report.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Report.subject_id)] = Field(default=None, title="评议对象编号")
    is_absent: Annotated[bool | None, equals(Report.is_absent)] = Field(default=None, title="是否缺席")
