from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import belonging, name_of, organization_within
from training.meetings.meetings import queries as meetings
from training.studies.plans import queries
from training.studies.plans.models import TrainingPlan
from training.studies.plans.schemas import TrainingPlanChanged, TrainingPlanCreate, TrainingPlanRead


class TrainingPlanNotFound(problems.NotFound):
    code = "training-plan-not-found"
    detail = "没有这项培训计划,或不在您的管理范围内"


class UnknownPlanOrganization(problems.Unprocessable):
    code = "unknown-plan-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class AlreadyPlannedForQuarter(problems.Conflict):
    code = "already-planned-for-quarter"
    detail = "这个党组织当季同一类型已有计划,请更正计划场次"


TRAINING_PLANS = Register(
    "年度培训计划",
    TrainingPlan,
    TrainingPlanRead,
    TrainingPlanNotFound,
    belonging(TrainingPlan.organization_id),
    derived={
        "organization_name": name_of(TrainingPlan.organization_id),
        "done": queries.done(),
        "is_fulfilled": queries.is_fulfilled(),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_training_plans_organization_id": AlreadyPlannedForQuarter}


async def plan_quarter(db: AsyncSession, entry: TrainingPlanCreate, *, actor: Actor) -> TrainingPlan:
    organization = await organization_within(db, actor.paths, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownPlanOrganization
    plan = TrainingPlan(
        **entry.model_dump(),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(plan)
    await _tell(db, plan, actor)
    return plan


async def correct_plan(db: AsyncSession, plan: TrainingPlan, planned: int, *, actor: Actor) -> TrainingPlan:
    refuse_void(plan)
    plan.planned = planned
    await _tell(db, plan, actor)
    return plan


async def void_plan(db: AsyncSession, plan: TrainingPlan, reason: str, *, actor: Actor) -> TrainingPlan:
    void_row(db, plan, reason)
    await _tell(db, plan, actor)
    return plan


async def _tell(db: AsyncSession, plan: TrainingPlan, actor: Actor) -> None:
    await db.flush()
    told = TrainingPlanChanged(
        id=plan.id,
        organization_id=plan.organization_id,
        year=plan.year,
        quarter=plan.quarter,
        kind=plan.kind,
        planned=plan.planned,
        is_void=plan.void_reason is not None,
    )
    path = await meetings.organization_path(db, plan.organization_id)
    await record_event(db, told, subject=plan.id, version=plan.version, root_id=plan.root_id, path=path, actor=actor)
