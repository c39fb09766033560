from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.talks.models import Talk, TalkWay
from registry.tree.organizations.queries import below

TalkId = Annotated[UUID, Path(title="沟通记录编号")]


class TalkCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    speaker: Name = Field(title="沟通主体")
    counterpart: Name = Field(title="沟通对象")
    way: TalkWay = Field(title="沟通途径")
    held_on: BusinessDate = Field(title="沟通日期")
    content: LongText = Field(title="沟通内容")
    result: LongText = Field(title="沟通结果")


class TalkRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    speaker: str = Field(title="沟通主体")
    counterpart: str = Field(title="沟通对象")
    way: TalkWay = Field(title="沟通途径")
    held_on: date = Field(title="沟通日期")
    content: str = Field(title="沟通内容")
    result: str = Field(title="沟通结果")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class TalkListing(Listing, sortable=(Talk.held_on, Talk.way), order=(Talk.held_on.desc(), Talk.id)):
    organization_id: Annotated[UUID | None, equals(Talk.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(Talk.organization_id))] = Field(default=None, title="该组织及其全部下级")
    way: Annotated[list[TalkWay], equals(Talk.way)] = Field(default=[], max_length=6, title="沟通途径")
    from_day: Annotated[BusinessDate | None, at_least(Talk.held_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(Talk.held_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(Talk)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Talk.counterpart, Talk.content, Talk.result)] = Field(
        default=None, title="搜索对象、内容和结果"
    )
