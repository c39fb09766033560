from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.registers import Register
from registry.members.development_plans import models, service
from registry.members.development_plans.models import DevelopmentPlan
from registry.members.development_plans.schemas import (
    DevelopmentPlanCorrect,
    DevelopmentPlanCreate,
    DevelopmentPlanListing,
    DevelopmentPlanRead,
    PlanId,
)
from registry.members.development_plans.service import CONSTRAINT_ERRORS, PLANS

router = business_router("/api/v1/registry/development-plans", ["发展党员"])
Wanted = Annotated[DevelopmentPlanListing, Depends(query_of(DevelopmentPlanListing))]


async def _lit(today: Today) -> Register[DevelopmentPlan, DevelopmentPlanRead]:
    return service.on(today)


Plans = Annotated[Register[DevelopmentPlan, DevelopmentPlanRead], Depends(_lit)]


@router.get("", summary="年度发展党员计划列表")
async def list_development_plans(
    wanted: Wanted, db: Db, actor: CurrentActor, plans: Plans
) -> Page[DevelopmentPlanRead]:
    return await plans.page(db, actor, wanted)


@router.get("/export", summary="导出年度发展党员计划", response_class=Response, responses=FILE_ANSWER)
async def export_development_plans(wanted: Wanted, plans: Plans, to: ExportTo) -> Response:
    return await plans.export(wanted, to)


@router.post("", summary="制定年度发展党员计划", status_code=status.HTTP_201_CREATED)
async def create_development_plan(
    *, body: DevelopmentPlanCreate, db: Db, actor: CurrentActor, today: Today, plans: Plans, response: Response
) -> DevelopmentPlanRead:
    return await plans.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.get("/{plan_id}", summary="年度发展党员计划详情")
async def read_development_plan(
    plan_id: PlanId, db: Db, actor: CurrentActor, plans: Plans, response: Response
) -> DevelopmentPlanRead:
    return await plans.show(db, actor, plan_id, response)


@router.patch("/{plan_id}", summary="更正年度发展党员计划")
async def correct_development_plan(
    *,
    plan_id: PlanId,
    body: DevelopmentPlanCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    plans: Plans,
    if_match: IfMatch,
    response: Response,
) -> DevelopmentPlanRead:
    plan = await PLANS.require(db, actor, plan_id, if_match=if_match)
    return await plans.answer(db, await service.correct(db, plan, body, actor=actor, today=today), response)


@router.get("/{plan_id}/history", summary="年度发展党员计划的变更历史")
async def read_development_plan_history(plan_id: PlanId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await PLANS.history(db, actor, plan_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
