from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import OptionalText, Schema
from records.listing import Listing, Where, equals
from registry.members.development_plans.kinds import PlanLight
from registry.members.development_plans.models import DevelopmentPlan
from registry.tree.organizations.queries import below

PlanId = Annotated[UUID, Path(title="发展计划编号")]
NOTE = "超过上限的说明"


class DevelopmentPlanCreate(Schema):
    organization_id: UUID = Field(title="党组织编号")
    year: int = Field(ge=2000, le=2100, title="年度")
    planned: int = Field(
        ge=1, le=1000, title="计划发展人数", description="镇街一年 5–8 名:少于 5 名列为黄灯,多于 8 名须说明"
    )
    note: OptionalText | None = Field(default=None, title=NOTE)


class DevelopmentPlanCorrect(Schema):
    planned: int | None = Field(default=None, ge=1, le=1000, title="计划发展人数")
    note: OptionalText | None = Field(default=None, title=NOTE)


class DevelopmentPlanRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    year: int = Field(title="年度")
    planned: int = Field(title="计划发展人数")
    developed: int = Field(title="已接收预备党员", description="该组织及其全部下级当年接收的")
    light: PlanLight = Field(title="灯号")
    note: str | None = Field(title=NOTE)
    version: int = Field(title="版本")


class DevelopmentPlanListing(
    Listing,
    sortable=(DevelopmentPlan.year, DevelopmentPlan.planned),
    order=(DevelopmentPlan.year.desc(), DevelopmentPlan.id),
):
    year: Annotated[int | None, equals(DevelopmentPlan.year)] = Field(default=None, title="年度")
    organization_id: Annotated[UUID | None, equals(DevelopmentPlan.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    under: Annotated[UUID | None, Where(below(DevelopmentPlan.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
