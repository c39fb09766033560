from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.units.unit_plans import queries
from registry.units.unit_plans.models import UnitPlan

UnitPlanId = Annotated[UUID, Path(title="一企一策编号")]


class UnitPlanCreate(Schema):
    unit_id: UUID = Field(title="单位")
    content: LongText = Field(title="工作措施")
    responsible: Name = Field(title="责任人")
    planned_on: BusinessDate = Field(title="制定日期")
    due_on: BusinessDate = Field(title="完成期限")


class UnitPlanEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期", description="已完成,或由新的措施代替")


class UnitPlanRead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    content: str = Field(title="工作措施")
    responsible: str = Field(title="责任人")
    planned_on: date = Field(title="制定日期")
    due_on: date = Field(title="完成期限")
    ended_on: date | None = Field(title="结束日期")
    organization_id: UUID = Field(title="制定时的属地组织编号")
    organization_name: str = Field(title="制定时的属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class UnitPlanListing(
    Listing, sortable=(UnitPlan.planned_on, UnitPlan.due_on), order=(UnitPlan.planned_on.desc(), UnitPlan.id)
):
    unit_id: Annotated[UUID | None, equals(UnitPlan.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(UnitPlan.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    as_of: Annotated[BusinessDate | None, Where(queries.standing_on)] = Field(default=None, title="该日有效")
    overdue_on: Annotated[BusinessDate | None, Where(queries.overdue_on)] = Field(default=None, title="该日已逾期")
    is_void: Annotated[bool, void_or_not(UnitPlan)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(UnitPlan.content, UnitPlan.responsible)] = Field(
        default=None, title="搜索措施和责任人"
    )
