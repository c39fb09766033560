from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.kinds import MeetingKind
from training.studies.plans import queries
from training.studies.plans.models import TrainingPlan

PlanId = Annotated[UUID, Path(title="培训计划编号")]
Planned = Annotated[int, Field(ge=1, le=1000)]


class TrainingPlanCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    year: int = Field(title="年度", ge=2000, le=2099)
    quarter: int = Field(title="季度", ge=1, le=4)
    kind: MeetingKind = Field(title="类型")
    planned: Planned = Field(title="计划场次")


class TrainingPlanCorrect(Schema):
    planned: Planned = Field(title="计划场次")


class TrainingPlanRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    year: int = Field(title="年度")
    quarter: int = Field(title="季度")
    kind: MeetingKind = Field(title="类型")
    planned: int = Field(title="计划场次")
    done: int = Field(title="已完成场次", description="本组织当季已确认且有效的")
    is_fulfilled: bool = Field(title="已完成计划")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class TrainingPlanListing(
    Listing,
    sortable=(TrainingPlan.year, TrainingPlan.quarter, TrainingPlan.kind, TrainingPlan.planned),
    order=(TrainingPlan.year.desc(), TrainingPlan.quarter, TrainingPlan.id),
):
    organization_id: Annotated[UUID | None, below(TrainingPlan.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    year: Annotated[int | None, equals(TrainingPlan.year)] = Field(default=None, title="年度")
    quarter: Annotated[int | None, equals(TrainingPlan.quarter)] = Field(default=None, title="季度")
    kind: Annotated[list[MeetingKind], equals(TrainingPlan.kind)] = Field(
        default=[], max_length=20, title="类型,可重复"
    )
    is_fulfilled: Annotated[bool | None, Where(lambda wanted: queries.is_fulfilled() == wanted)] = Field(
        default=None, title="已完成计划"
    )
    is_void: Annotated[bool, void_or_not(TrainingPlan)] = Field(default=False, title="只列已作废的")


class TrainingPlanChanged(Payload, title="年度培训计划变更"):
    type: ClassVar[str] = "training.training_plan.changed.v1"
    id: UUID
    organization_id: UUID
    year: int
    quarter: int
    kind: MeetingKind
    planned: int
    is_void: bool
