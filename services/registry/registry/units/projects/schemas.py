from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.units.projects import queries
from registry.units.projects.kinds import ProjectCheck
from registry.units.projects.models import InvestmentProject

InvestmentProjectId = Annotated[UUID, Path(title="投资项目编号")]
CHECKS = "四同四进"


class InvestmentProjectCreate(Schema):
    organization_id: UUID = Field(title="属地组织")
    name: Name = Field(title="项目名称")
    unit_id: UUID | None = Field(default=None, title="单位", description="已登记的填写")
    signed_on: BusinessDate = Field(title="签约日期")
    checks: list[ProjectCheck] = Field(default=[], max_length=len(ProjectCheck), title=CHECKS, description="已做到的")


class InvestmentProjectCorrect(Schema):
    """Absent fields stay; an explicit null empties."""

    name: Name | None = Field(default=None, title="项目名称")
    unit_id: UUID | None = Field(default=None, title="单位")
    checks: list[ProjectCheck] | None = Field(default=None, max_length=len(ProjectCheck), title=CHECKS)


class InvestmentProjectRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="属地组织编号")
    organization_name: str = Field(title="属地组织")
    name: str = Field(title="项目名称")
    unit_id: UUID | None = Field(title="单位编号")
    unit_name: str | None = Field(title="单位")
    signed_on: date = Field(title="签约日期")
    checks: list[ProjectCheck] = Field(title=CHECKS)
    has_clause: bool = Field(title="投资合同有党建条款")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class InvestmentProjectListing(
    Listing,
    sortable=(InvestmentProject.signed_on, InvestmentProject.name),
    order=(InvestmentProject.signed_on.desc(), InvestmentProject.id),
):
    organization_id: Annotated[UUID | None, equals(InvestmentProject.organization_id)] = Field(
        default=None, title="属地组织编号"
    )
    under: Annotated[UUID | None, Where(below(InvestmentProject.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    unit_id: Annotated[UUID | None, equals(InvestmentProject.unit_id)] = Field(default=None, title="单位编号")
    has_clause: Annotated[bool | None, Where(queries.with_clause)] = Field(default=None, title="投资合同有党建条款")
    from_day: Annotated[BusinessDate | None, at_least(InvestmentProject.signed_on)] = Field(
        default=None, title="日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(InvestmentProject.signed_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(InvestmentProject)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(InvestmentProject.name)] = Field(default=None, title="按项目名称查找")
