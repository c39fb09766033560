from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema, Text
from records.listing import Listing, Where, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.integrity_cards.kinds import IntegrityKind
from registry.members.integrity_cards.models import IntegrityEntry
from registry.members.members.queries import named

EntryId = Annotated[UUID, Path(title="诚信卡记录编号")]


class IntegrityEntryCreate(Schema):
    kind: IntegrityKind = Field(title="类别")
    happened_on: BusinessDate = Field(title="发生日期")
    content: Text = Field(title="内容")
    evidence: OptionalText | None = Field(default=None, title="依据的材料")


class IntegrityEntryRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="记录时所在组织编号")
    organization_name: str = Field(title="记录时所在组织")
    kind: IntegrityKind = Field(title="类别")
    happened_on: date = Field(title="发生日期")
    content: str = Field(title="内容")
    evidence: str | None = Field(title="依据的材料")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class IntegrityEntryListing(
    Listing,
    sortable=(IntegrityEntry.happened_on, IntegrityEntry.kind),
    order=(IntegrityEntry.happened_on.desc(), IntegrityEntry.id),
):
    member_id: Annotated[UUID | None, equals(IntegrityEntry.member_id)] = Field(default=None, title="党员编号")
    kind: Annotated[IntegrityKind | None, equals(IntegrityEntry.kind)] = Field(default=None, title="类别")
    happened_from: Annotated[BusinessDate | None, at_least(IntegrityEntry.happened_on)] = Field(
        default=None, title="发生日期起"
    )
    happened_to: Annotated[BusinessDate | None, at_most(IntegrityEntry.happened_on)] = Field(
        default=None, title="发生日期止"
    )
    is_void: Annotated[bool, void_or_not(IntegrityEntry)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(IntegrityEntry.member_id))] = Field(default=None, title="按姓名查找")
