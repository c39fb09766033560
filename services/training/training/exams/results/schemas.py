from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalName, Schema
from records.events import Payload
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.exams.results.kinds import ContestKind
from training.exams.results.models import ContestResult

ContestResultId = Annotated[UUID, Path(title="竞赛成绩编号")]
Place = Annotated[int, Field(ge=1, le=100)]


class ContestResultCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    kind: ContestKind = Field(title="类别")
    contest: Name = Field(title="竞赛名称")
    held_on: BusinessDate = Field(title="举办日期")
    member_id: UUID = Field(title="党员")
    is_passed: bool = Field(title="合格")
    place: Place | None = Field(default=None, title="名次", description="获名次的填写")


class ContestResultCorrect(Schema):
    is_passed: bool = Field(title="合格")
    place: Place | None = Field(title="名次", description="没有名次的填空")


class ContestResultRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    kind: ContestKind = Field(title="类别")
    contest: str = Field(title="竞赛名称")
    held_on: date = Field(title="举办日期")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    is_passed: bool = Field(title="合格")
    place: int | None = Field(title="名次")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ContestResultListing(
    Listing,
    sortable=(ContestResult.held_on, ContestResult.contest),
    order=(ContestResult.held_on.desc(), ContestResult.id),
):
    organization_id: Annotated[UUID | None, below(ContestResult.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    member_id: Annotated[UUID | None, equals(ContestResult.member_id)] = Field(default=None, title="党员编号")
    kind: Annotated[list[ContestKind], equals(ContestResult.kind)] = Field(
        default=[], max_length=2, title="类别,可重复"
    )
    is_passed: Annotated[bool | None, equals(ContestResult.is_passed)] = Field(default=None, title="合格")
    from_day: Annotated[BusinessDate | None, at_least(ContestResult.held_on)] = Field(default=None, title="举办日期起")
    to_day: Annotated[BusinessDate | None, at_most(ContestResult.held_on)] = Field(default=None, title="举办日期止")
    is_void: Annotated[bool, void_or_not(ContestResult)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(ContestResult.contest)] = Field(default=None, title="竞赛名称中的文字")


class ContestResultChanged(Payload, title="竞赛成绩变更"):
    """What it earns while it stands: the knowledge that was there, or the place that was won."""

    type: ClassVar[str] = "training.contest_result.changed.v1"
    id: UUID
    organization_id: UUID
    kind: ContestKind
    held_on: date
    member_id: UUID
    is_passed: bool
    has_place: bool
    revision: int
