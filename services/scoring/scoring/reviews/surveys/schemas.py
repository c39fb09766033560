from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, LongText, Schema
from scoring.reviews.surveys.models import SurveyKind

Answers = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class SurveyCount(Schema):
    subject_id: UUID = Field(title="评议对象")
    good: Answers = Field(default=0, title="好")
    fairly_good: Answers = Field(default=0, title="较好")
    ordinary: Answers = Field(default=0, title="一般")
    poor: Answers = Field(default=0, title="差")

    @model_validator(mode="after")
    def somebody_answered(self) -> Self:
        if self.good + self.fairly_good + self.ordinary + self.poor == 0:
            raise ValueError("至少要有一份答卷;没有调查的请登记缺项")
        return self


class SurveyRecord(Schema):
    review_id: UUID = Field(title="评议")
    kind: SurveyKind = Field(default=SurveyKind.PUBLIC, title="调查种类")
    held_on: BusinessDate = Field(title="调查日期")
    sheet_file_id: UUID = Field(title="统计表(佐证文件)")
    results: Annotated[list[SurveyCount], Field(min_length=1, max_length=2000, title="各对象答卷数")]


class SurveyResultRead(SurveyCount):
    favourable_share: Decimal = Field(title="好与较好(%)")
    ordinary_share: Decimal = Field(title="一般(%)")
    poor_share: Decimal = Field(title="差(%)")


class SurveyRead(Schema):
    id: UUID
    review_id: UUID
    kind: SurveyKind = Field(title="调查种类")
    held_on: date = Field(title="调查日期")
    sheet_file_id: UUID = Field(title="统计表(佐证文件)")
    recorded_on: date = Field(title="录入日期")
    results: list[SurveyResultRead] = Field(title="各对象结果")


class SurveyList(Schema):
    items: list[SurveyRead]
    next: str | None = None


class AbsenceRecord(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    reason: LongText = Field(title="缺项理由")


class AbsenceRead(AbsenceRecord):
    recorded_on: date = Field(title="登记日期")
