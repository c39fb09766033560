from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalName, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.points.suggestions.kinds import SuggestionKind, SuggestionState
from scoring.points.suggestions.models import Suggestion

SuggestionId = Annotated[UUID, Path(title="建议编号")]


class SuggestionCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    member_id: UUID | None = Field(default=None, title="提出建议的党员", description="空为党组织提出的")
    kind: SuggestionKind = Field(title="类别")
    name: Name = Field(title="题目")
    content: LongText = Field(title="建议内容")
    proposed_on: BusinessDate = Field(title="提出日期")


class SuggestionDecision(Schema):
    is_adopted: bool = Field(strict=True, title="是否采纳")
    reply: LongText = Field(title="答复")
    effect: LongText | None = Field(default=None, title="成效", description="采纳后的实际效果,如“每月节电 1200 度”")


class SuggestionRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    member_id: UUID | None = Field(title="提出建议的党员编号")
    member_name: str | None = Field(title="提出建议的党员")
    kind: SuggestionKind = Field(title="类别")
    state: SuggestionState = Field(title="状态")
    name: str = Field(title="题目")
    content: str = Field(title="建议内容")
    proposed_on: date = Field(title="提出日期")
    decided_on: date | None = Field(title="答复日期")
    reply: str | None = Field(title="答复")
    effect: str | None = Field(title="成效")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class SuggestionListing(
    Listing,
    sortable=(Suggestion.proposed_on, Suggestion.kind, Suggestion.state, Suggestion.name),
    order=(Suggestion.proposed_on.desc(), Suggestion.id),
):
    kind: Annotated[list[SuggestionKind], equals(Suggestion.kind)] = Field(default=[], max_length=2, title="类别")
    state: Annotated[list[SuggestionState], equals(Suggestion.state)] = Field(default=[], max_length=3, title="状态")
    organization_id: Annotated[UUID | None, equals(Suggestion.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    member_id: Annotated[UUID | None, equals(Suggestion.member_id)] = Field(default=None, title="党员编号")
    from_day: Annotated[BusinessDate | None, at_least(Suggestion.proposed_on)] = Field(default=None, title="提出日期起")
    to_day: Annotated[BusinessDate | None, at_most(Suggestion.proposed_on)] = Field(default=None, title="提出日期止")
    is_void: Annotated[bool, void_or_not(Suggestion)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Suggestion.name)] = Field(default=None, title="搜索题目")
