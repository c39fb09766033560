"""Yearly plans of developing members: a town means to develop five to eight a year (domain rules E8)."""

from datetime import date
from typing import Any

from sqlalchemy import and_, case, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.database import stored_enum
from records.events import Payload, record_event
from records.registers import Register
from registry.limits import limits_on
from registry.members.development_plans.events import DevelopmentPlanCorrected, DevelopmentPlanCreated
from registry.members.development_plans.kinds import PlanLight
from registry.members.development_plans.models import DevelopmentPlan
from registry.members.development_plans.schemas import (
    DevelopmentPlanCorrect,
    DevelopmentPlanCreate,
    DevelopmentPlanRead,
)
from registry.members.developments.queries import developed_below
from registry.members.members.service import UnknownOrganization
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging, name_of
from registry.tree.organizations.service import ORGANIZATIONS

LEAST, MOST = "town_plan_least", "town_plan_most"


class DevelopmentPlanNotFound(problems.NotFound):
    code = "development-plan-not-found"
    detail = "没有这项发展计划,或不在您的管理范围内"


class AlreadyPlanned(problems.Conflict):
    code = "already-planned"
    detail = "这个党组织的这一年度已有发展计划,请更正"


class PlanNeedsNote(problems.Unprocessable):
    code = "plan-needs-note"
    detail = "镇街一年计划发展超过 {most} 名的,须说明理由"


def _level() -> Any:
    level = select(PartyOrganization.level).where(PartyOrganization.id == DevelopmentPlan.organization_id)
    return level.scalar_subquery()


PLANS = Register(
    "发展党员计划",
    DevelopmentPlan,
    DevelopmentPlanRead,
    DevelopmentPlanNotFound,
    belonging(DevelopmentPlan.organization_id),
    derived={
        "organization_name": name_of(DevelopmentPlan.organization_id),
        "developed": developed_below(DevelopmentPlan.organization_id, DevelopmentPlan.year),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_development_plans_organization_id_year": AlreadyPlanned}


def on(day: date) -> Register[DevelopmentPlan, DevelopmentPlanRead]:
    """With the light by the numbers of the day."""
    is_low = and_(_level() == OrganizationLevel.TOWN, DevelopmentPlan.planned < limits_on(day)[LEAST])
    kind = stored_enum(PlanLight)
    light = case((is_low, literal(PlanLight.AMBER, kind)), else_=literal(PlanLight.GREEN, kind))
    return PLANS.shown_as(DevelopmentPlanRead, derived={"light": light})


async def create(db: AsyncSession, entry: DevelopmentPlanCreate, *, actor: Actor, today: date) -> DevelopmentPlan:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownOrganization
    plan = DevelopmentPlan(**entry.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    _refuse_unexplained(plan, organization, today)
    db.add(plan)
    await db.flush()
    await _tell(db, DevelopmentPlanCreated.model_validate(plan), plan, organization, actor=actor)
    return plan


async def correct(
    db: AsyncSession, plan: DevelopmentPlan, correction: DevelopmentPlanCorrect, *, actor: Actor, today: date
) -> DevelopmentPlan:
    changes = correction.model_dump(exclude_unset=True)
    if changes.get("planned", 1) is None:
        raise problems.Unprocessable(fields=[problems.FieldError("/body/planned", "不能清空")])
    for field, value in changes.items():
        setattr(plan, field, value)
    organization = await db.get_one(PartyOrganization, plan.organization_id)
    _refuse_unexplained(plan, organization, today)
    await db.flush()
    await _tell(db, DevelopmentPlanCorrected.model_validate(plan), plan, organization, actor=actor)
    return plan


def _refuse_unexplained(plan: DevelopmentPlan, organization: PartyOrganization, today: date) -> None:
    most = limits_on(today)[MOST]
    if organization.level == OrganizationLevel.TOWN and plan.planned > most and plan.note is None:
        raise PlanNeedsNote(most=most)


async def _tell(
    db: AsyncSession, payload: Payload, plan: DevelopmentPlan, organization: PartyOrganization, *, actor: Actor
) -> None:
    path, root_id = organization.path, plan.root_id
    await record_event(db, payload, subject=plan.id, version=plan.version, root_id=root_id, path=path, actor=actor)
