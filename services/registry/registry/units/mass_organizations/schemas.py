from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.units.mass_organizations import queries
from registry.units.mass_organizations.models import MassOrganizationHead
from registry.units.units.kinds import MassOrganizationKind

MassOrganizationHeadId = Annotated[UUID, Path(title="群团组织负责人编号")]


class MassOrganizationHeadCreate(Schema):
    unit_id: UUID = Field(title="单位")
    kind: MassOrganizationKind = Field(title="群团组织")
    name: Name = Field(title="负责人姓名")
    member_id: UUID | None = Field(default=None, title="党员", description="在名册中的填写,不是党员的不填")
    valid_from: BusinessDate = Field(title="任职日期")


class MassOrganizationHeadEnd(Schema):
    ended_on: BusinessDate = Field(title="离任日期", description="当日起不再任职")


class MassOrganizationHeadRead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    kind: MassOrganizationKind = Field(title="群团组织")
    name: str = Field(title="负责人姓名")
    member_id: UUID | None = Field(title="党员编号")
    member_name: str | None = Field(title="党员姓名")
    is_in_the_party: bool = Field(title="是否党员")
    valid_from: date = Field(title="任职日期")
    ended_on: date | None = Field(title="离任日期")
    organization_id: UUID = Field(title="登记时的属地组织编号")
    organization_name: str = Field(title="登记时的属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class MassOrganizationHeadListing(
    Listing,
    sortable=(MassOrganizationHead.valid_from, MassOrganizationHead.kind),
    order=(MassOrganizationHead.valid_from, MassOrganizationHead.id),
):
    unit_id: Annotated[UUID | None, equals(MassOrganizationHead.unit_id)] = Field(default=None, title="单位编号")
    kind: Annotated[list[MassOrganizationKind], equals(MassOrganizationHead.kind)] = Field(
        default=[], max_length=3, title="群团组织"
    )
    under: Annotated[UUID | None, Where(below(MassOrganizationHead.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_in_the_party: Annotated[bool | None, Where(queries.in_the_party)] = Field(default=None, title="是否党员")
    as_of: Annotated[BusinessDate | None, Where(queries.held_on)] = Field(default=None, title="该日在任")
    is_void: Annotated[bool, void_or_not(MassOrganizationHead)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(MassOrganizationHead.name)] = Field(default=None, title="按姓名查找")
