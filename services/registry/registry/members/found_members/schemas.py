from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.screenings.kinds import FoundBy, FoundKind
from registry.members.screenings.models import FoundMember
from registry.tree.organizations.queries import below

FoundMemberId = Annotated[UUID, Path(title="排查党员记录编号")]


class FoundMemberCreate(Schema):
    organization_id: UUID = Field(title="排查的党组织")
    screening_id: UUID | None = Field(default=None, title="排查轮次", description="不在排查轮次中发现的不填")
    unit_id: UUID | None = Field(default=None, title="所在单位")
    name: Name = Field(title="姓名")
    kind: FoundKind = Field(title="类别")
    found_by: FoundBy = Field(title="发现途径")
    found_on: BusinessDate = Field(title="排查日期")


class FoundMemberShow(Schema):
    shown_on: BusinessDate = Field(title="亮明身份日期")
    evidence: LongText = Field(title="证明材料", description="如组织关系介绍信、原党组织证明")
    member_id: UUID | None = Field(default=None, title="党员名册中的党员", description="已登记入册的填写")


class FoundMemberRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="排查的党组织编号")
    organization_name: str = Field(title="排查的党组织")
    screening_id: UUID | None = Field(title="排查轮次编号")
    screening_name: str | None = Field(title="排查轮次")
    unit_id: UUID | None = Field(title="所在单位编号")
    unit_name: str | None = Field(title="所在单位")
    name: str = Field(title="姓名")
    kind: FoundKind = Field(title="类别")
    found_by: FoundBy = Field(title="发现途径")
    found_on: date = Field(title="排查日期")
    shown_on: date | None = Field(title="亮明身份日期", description="尚未亮明的为空")
    evidence: str | None = Field(title="证明材料")
    member_id: UUID | None = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class FoundMemberListing(
    Listing,
    sortable=(FoundMember.found_on, FoundMember.kind, FoundMember.name),
    order=(FoundMember.found_on.desc(), FoundMember.id),
):
    organization_id: Annotated[UUID | None, equals(FoundMember.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    under: Annotated[UUID | None, Where(below(FoundMember.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    screening_id: Annotated[UUID | None, equals(FoundMember.screening_id)] = Field(default=None, title="排查轮次编号")
    kind: Annotated[list[FoundKind], equals(FoundMember.kind)] = Field(
        default=[], max_length=len(FoundKind), title="类别"
    )
    found_by: Annotated[list[FoundBy], equals(FoundMember.found_by)] = Field(
        default=[], max_length=len(FoundBy), title="发现途径"
    )
    is_shown: Annotated[bool | None, Where(lambda value: FoundMember.shown_on.is_not(None) == value)] = Field(
        default=None, title="是否已亮明身份"
    )
    from_day: Annotated[BusinessDate | None, at_least(FoundMember.found_on)] = Field(default=None, title="排查日期起")
    to_day: Annotated[BusinessDate | None, at_most(FoundMember.found_on)] = Field(default=None, title="排查日期止")
    is_void: Annotated[bool, void_or_not(FoundMember)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(FoundMember.name)] = Field(default=None, title="按姓名查找")
