from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.surveys.models import Survey, SurveyKind

Answers = Annotated[int, Field(ge=0, le=100_000, strict=True)]


class SurveyCount(Schema):
    subject_id: UUID = Field(title="评议对象")
    sheet_file_id: UUID = Field(title="该对象的统计表(佐证文件)")
    asked: Answers = Field(title="发放份数")
    good: Answers = Field(default=0, title="好")
    fairly_good: Answers = Field(default=0, title="较好")
    ordinary: Answers = Field(default=0, title="一般")
    poor: Answers = Field(default=0, title="差")

    @model_validator(mode="after")
    def somebody_asked_answered(self) -> Self:
        answers = self.good + self.fairly_good + self.ordinary + self.poor
        if answers == 0:
            raise ValueError("至少要有一份答卷;没有调查的请登记缺项")
        if answers > self.asked:
            raise ValueError("收回的答卷不能多于发放的份数")
        return self


class SurveyRecord(Schema):
    review_id: UUID = Field(title="评议")
    kind: SurveyKind = Field(default=SurveyKind.PUBLIC, title="调查种类")
    held_on: BusinessDate = Field(title="调查日期")
    results: Annotated[list[SurveyCount], Field(min_length=1, max_length=2000, title="各对象答卷数")]

    @model_validator(mode="after")
    def each_subject_has_its_sheet(self) -> Self:
        subjects, sheets = {one.subject_id for one in self.results}, {one.sheet_file_id for one in self.results}
        if len(sheets) < len(subjects):
            raise ValueError("每名对象须有各自的统计表")
        return self


class SurveyResultRead(Schema):
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    sheet_file_id: UUID | None = Field(title="统计表编号")
    sheet_file_name: str | None = Field(title="统计表")
    asked: int | None = Field(title="发放份数")
    is_withheld: bool = Field(title="份数不足,不公布也不计入")
    good: int | None = Field(title="好")
    fairly_good: int | None = Field(title="较好")
    ordinary: int | None = Field(title="一般")
    poor: int | None = Field(title="差")
    favourable_share: Decimal | None = Field(title="好与较好(%)")
    ordinary_share: Decimal | None = Field(title="一般(%)")
    poor_share: Decimal | None = Field(title="差(%)")


class SurveyRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    kind: SurveyKind = Field(title="调查种类")
    held_on: date = Field(title="调查日期")
    recorded_on: date = Field(title="录入日期")
    results: list[SurveyResultRead] = Field(title="各对象结果")


class SurveySheet(Schema):
    """A row of the exported list: one subject of one survey."""

    review_name: str = Field(title="评议")
    kind: SurveyKind = Field(title="调查种类")
    held_on: date = Field(title="调查日期")
    recorded_on: date = Field(title="录入日期")
    subject_name: str = Field(title="评议对象")
    sheet_file_name: str | None = Field(title="统计表")
    asked: int | None = Field(title="发放份数")
    is_withheld: bool = Field(title="份数不足,不公布也不计入")
    good: int | None = Field(title="好")
    fairly_good: int | None = Field(title="较好")
    ordinary: int | None = Field(title="一般")
    poor: int | None = Field(title="差")
    favourable_share: Decimal | None = Field(title="好与较好(%)")
    ordinary_share: Decimal | None = Field(title="一般(%)")
    poor_share: Decimal | None = Field(title="差(%)")


class SurveyListing(Listing, sortable=(Survey.held_on, Survey.recorded_on, Survey.kind), order=(Survey.id,)):
    review_id: Annotated[UUID, equals(Survey.review_id)] = Field(title="评议编号")
    kind: Annotated[list[SurveyKind], equals(Survey.kind)] = Field(default=[], max_length=3, title="调查种类")


class AbsenceRecord(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    reason: LongText = Field(title="缺项理由")


class AbsenceRead(AbsenceRecord):
    subject_name: str = Field(title="评议对象名称")
    recorded_on: date = Field(title="登记日期")
