from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import LARGEST_COUNT, BusinessDate, LongText, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.tree.terms import queries
from registry.tree.terms.models import Election

ElectionId = Annotated[UUID, Path(title="换届选举编号")]


class ElectionCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    held_on: BusinessDate = Field(title="选举日期")
    term_ends_on: BusinessDate | None = Field(
        default=None, title="新一届届满日期", description="默认党委 5 年,党总支、党支部 3 年"
    )
    entitled: int = Field(ge=1, le=LARGEST_COUNT, title="应到会人数")
    present: int = Field(ge=0, le=LARGEST_COUNT, title="实到会人数", description="不少于应到会人数的五分之四")
    result: LongText = Field(title="选举结果")


class ElectionRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    held_on: date = Field(title="选举日期")
    due_on: date | None = Field(title="上一届届满日期")
    is_on_time: bool = Field(title="是否按期")
    term_ends_on: date = Field(title="新一届届满日期")
    entitled: int = Field(title="应到会人数")
    present: int = Field(title="实到会人数")
    result: str = Field(title="选举结果")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ElectionListing(
    Listing, sortable=(Election.held_on, Election.term_ends_on), order=(Election.held_on.desc(), Election.id)
):
    organization_id: Annotated[UUID | None, equals(Election.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(Election.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_on_time: Annotated[bool | None, Where(queries.on_time)] = Field(default=None, title="是否按期")
    from_day: Annotated[BusinessDate | None, at_least(Election.held_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(Election.held_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(Election)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Election.result)] = Field(default=None, title="搜索选举结果")
