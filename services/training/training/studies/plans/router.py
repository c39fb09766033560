from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.studies.plans import models, service
from training.studies.plans.schemas import (
    PlanId,
    TrainingPlanCorrect,
    TrainingPlanCreate,
    TrainingPlanListing,
    TrainingPlanRead,
)
from training.studies.plans.service import CONSTRAINT_ERRORS, TRAINING_PLANS

router = business_router("/api/v1/training/training-plans", ["年度培训计划"])
Wanted = Annotated[TrainingPlanListing, Depends(query_of(TrainingPlanListing))]


@router.get("", summary="年度培训计划与完成情况")
async def list_training_plans(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[TrainingPlanRead]:
    return await TRAINING_PLANS.page(db, actor, wanted)


@router.get("/export", summary="导出年度培训计划", response_class=Response, responses=FILE_ANSWER)
async def export_training_plans(wanted: Wanted, to: ExportTo) -> Response:
    return await TRAINING_PLANS.export(wanted, to)


@router.get("/{training_plan_id}", summary="培训计划详情")
async def read_training_plan(
    training_plan_id: PlanId, db: Db, actor: CurrentActor, response: Response
) -> TrainingPlanRead:
    return await TRAINING_PLANS.show(db, actor, training_plan_id, response)


@router.post("", summary="制定一个季度的培训计划", status_code=status.HTTP_201_CREATED)
async def create_training_plan(
    body: TrainingPlanCreate, db: Db, actor: CurrentActor, response: Response
) -> TrainingPlanRead:
    return await TRAINING_PLANS.answer(db, await service.plan_quarter(db, body, actor=actor), response)


@router.patch("/{training_plan_id}", summary="更正计划场次")
async def correct_training_plan(
    *,
    training_plan_id: PlanId,
    body: TrainingPlanCorrect,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> TrainingPlanRead:
    plan = await TRAINING_PLANS.require(db, actor, training_plan_id, if_match=if_match)
    return await TRAINING_PLANS.answer(db, await service.correct_plan(db, plan, body.planned, actor=actor), response)


@router.post("/{training_plan_id}/void", summary="作废录入有误的培训计划(视为从未有过,记录保留)")
async def void_training_plan(
    *,
    training_plan_id: PlanId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> TrainingPlanRead:
    plan = await TRAINING_PLANS.require(db, actor, training_plan_id, if_match=if_match)
    return await TRAINING_PLANS.answer(db, await service.void_plan(db, plan, body.reason, actor=actor), response)


@router.get("/{training_plan_id}/history", summary="培训计划的变更历史")
async def read_training_plan_history(
    training_plan_id: PlanId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await TRAINING_PLANS.history(db, actor, training_plan_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
