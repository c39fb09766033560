from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.members.queries import named
from registry.tree.cross_appointments import queries
from registry.tree.cross_appointments.models import UnitPost
from registry.tree.organizations.queries import below

UnitPostId = Annotated[UUID, Path(title="单位职务编号")]


class UnitPostCreate(Schema):
    member_id: UUID = Field(title="党员")
    unit_id: UUID = Field(title="单位")
    title: Name = Field(title="单位职务", description="出资人、总经理、部门负责人等经营管理职务")
    valid_from: BusinessDate = Field(title="任职日期")


class UnitPostEnd(Schema):
    ended_on: BusinessDate = Field(title="免职日期", description="当日起不再任职")


class UnitPostRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    organization_id: UUID = Field(title="登记时的党组织编号")
    organization_name: str = Field(title="登记时的党组织")
    title: str = Field(title="单位职务")
    valid_from: date = Field(title="任职日期")
    ended_on: date | None = Field(title="免职日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class UnitPostListing(
    Listing, sortable=(UnitPost.valid_from, UnitPost.title), order=(UnitPost.valid_from, UnitPost.id)
):
    member_id: Annotated[UUID | None, equals(UnitPost.member_id)] = Field(default=None, title="党员编号")
    unit_id: Annotated[UUID | None, equals(UnitPost.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(UnitPost.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    as_of: Annotated[BusinessDate | None, Where(queries.held_on)] = Field(default=None, title="该日在任")
    is_void: Annotated[bool, void_or_not(UnitPost)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(UnitPost.member_id))] = Field(default=None, title="按姓名查找")


class CrossAppointmentRead(Schema):
    """E10: no rate without what it was taken over."""

    organization_id: UUID = Field(title="统计范围编号")
    organization_name: str = Field(title="统计范围")
    as_of: date = Field(title="统计日期")
    team: int = Field(title="班子成员(分母)", description="该日在基层党组织任职的人,每人计一次")
    both_posts: int = Field(title="交叉任职", description="其中同时担任单位职务的")
    cross_share: Decimal | None = Field(title="交叉任职比例(%)", description="没有班子成员时为空")
