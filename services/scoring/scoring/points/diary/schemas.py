from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Instant, LongText, OptionalText, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from scoring.points.diary.models import DiaryEntry, PracticeKind


class DiaryWrite(Schema):
    practised_on: Annotated[BusinessDate, Field(title="日期")]
    kind: Annotated[PracticeKind, Field(title="类别")]
    content: Annotated[LongText, Field(title="记实内容")]


class DiaryCorrection(Schema):
    kind: Annotated[PracticeKind | None, Field(title="类别")] = None
    content: Annotated[LongText | None, Field(title="记实内容")] = None


class DiaryRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    practised_on: date = Field(title="日期")
    kind: PracticeKind = Field(title="类别")
    content: str = Field(title="记实内容")
    created_at: Instant = Field(title="记录时间")
    version: int = Field(title="版本")


class DiaryListing(
    Listing,
    sortable=(DiaryEntry.practised_on, DiaryEntry.kind),
    order=(DiaryEntry.practised_on.desc(), DiaryEntry.id.desc()),
):
    member_id: Annotated[UUID | None, equals(DiaryEntry.member_id)] = Field(default=None, title="党员编号")
    organization_id: Annotated[UUID | None, equals(DiaryEntry.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    kind: Annotated[list[PracticeKind], equals(DiaryEntry.kind)] = Field(default=[], max_length=5, title="类别")
    from_day: Annotated[BusinessDate | None, at_least(DiaryEntry.practised_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(DiaryEntry.practised_on)] = Field(default=None, title="日期止")
    q: Annotated[OptionalText | None, contains(DiaryEntry.content)] = Field(default=None, title="搜索记实内容")
