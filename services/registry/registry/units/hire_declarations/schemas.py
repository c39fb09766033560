from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.units.hire_declarations import queries
from registry.units.hire_declarations.models import HireDeclaration
from registry.units.units.queries import called

HireDeclarationId = Annotated[UUID, Path(title="入职登记编号")]
People = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]


class HireDeclarationCreate(Schema):
    unit_id: UUID = Field(title="单位")
    hired_on: BusinessDate = Field(title="入职日期")
    people: People = Field(title="入职人数", description="只记人数,不记姓名")


class HiresDeclare(Schema):
    """Totals so far, not what is added."""

    declared: People = Field(title="已亮明身份人数", description="至今累计")
    members: Count = Field(title="其中党员人数", description="至今累计;党员本人另在党员名册登记")
    declared_on: BusinessDate = Field(title="亮明身份日期")


class HireDeclarationRead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    hired_on: date = Field(title="入职日期")
    people: int = Field(title="入职人数")
    declared: int = Field(title="已亮明身份人数")
    missing: int = Field(title="尚未亮明身份人数")
    members: int = Field(title="其中党员人数")
    declared_on: date | None = Field(title="亮明身份日期")
    organization_id: UUID = Field(title="登记时的属地组织编号")
    organization_name: str = Field(title="登记时的属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class HireDeclarationListing(
    Listing,
    sortable=(HireDeclaration.hired_on, HireDeclaration.people),
    order=(HireDeclaration.hired_on.desc(), HireDeclaration.id),
):
    unit_id: Annotated[UUID | None, equals(HireDeclaration.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(HireDeclaration.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_missing: Annotated[bool | None, Where(queries.missing_or_not)] = Field(
        default=None, title="是否还有人没有亮明身份"
    )
    from_day: Annotated[BusinessDate | None, at_least(HireDeclaration.hired_on)] = Field(
        default=None, title="入职日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(HireDeclaration.hired_on)] = Field(default=None, title="入职日期止")
    is_void: Annotated[bool, void_or_not(HireDeclaration)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(called(HireDeclaration.unit_id))] = Field(
        default=None, title="按单位名称查找"
    )
