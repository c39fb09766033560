from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.unit_plans import queries
from registry.units.unit_plans.events import UnitPlanChanged
from registry.units.unit_plans.models import UnitPlan
from registry.units.unit_plans.rules import PLAN_DATES
from registry.units.unit_plans.schemas import UnitPlanCreate, UnitPlanRead
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit
from registry.units.units.service import governed_unit


class UnitPlanNotFound(problems.NotFound):
    code = "unit-plan-not-found"
    detail = "没有这项一企一策,或不在您的管理范围内"


class UnitAlreadyPlanned(problems.Conflict):
    code = "unit-already-planned"
    detail = "这个单位已有一企一策,请先结束"


UNIT_PLANS = Register(
    "一企一策",
    UnitPlan,
    UnitPlanRead,
    UnitPlanNotFound,
    queries.seen,
    derived={
        "unit_name": unit_queries.name_of(UnitPlan.unit_id),
        "organization_name": organization_queries.name_of(UnitPlan.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_unit_plans_unit_id": UnitAlreadyPlanned}


async def record_unit_plan(db: AsyncSession, entry: UnitPlanCreate, *, actor: Actor, today: date) -> UnitPlan:
    unit = await governed_unit(db, actor, entry.unit_id)
    refuse_wrong_dates(PLAN_DATES, {"planned_on": entry.planned_on, "due_on": entry.due_on}, today)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    plan = UnitPlan(**entry.model_dump(), **owned)
    db.add(plan)
    await _tell(db, plan, actor=actor)
    return plan


async def end_unit_plan(db: AsyncSession, plan: UnitPlan, ended_on: date, *, actor: Actor, today: date) -> UnitPlan:
    refuse_void(plan)
    if plan.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(PLAN_DATES, {"planned_on": plan.planned_on, "ended_on": ended_on}, today)
    plan.ended_on = ended_on
    await _tell(db, plan, actor=actor)
    return plan


async def void_unit_plan(db: AsyncSession, plan: UnitPlan, reason: str, *, actor: Actor) -> UnitPlan:
    void_row(db, plan, reason)
    await _tell(db, plan, actor=actor)
    return plan


async def _tell(db: AsyncSession, plan: UnitPlan, *, actor: Actor) -> None:
    await db.flush()
    told = UnitPlanChanged(
        id=plan.id,
        unit_id=plan.unit_id,
        planned_on=plan.planned_on,
        due_on=plan.due_on,
        ended_on=plan.ended_on,
        is_void=plan.void_reason is not None,
    )
    path = await unit_queries.path_of(db, await db.get_one(Unit, plan.unit_id))
    await record_event(db, told, subject=plan.id, version=plan.version, root_id=plan.root_id, path=path, actor=actor)
