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
from records.voiding import VoidCreate
from registry.units.unit_plans import models, service
from registry.units.unit_plans.schemas import UnitPlanCreate, UnitPlanEnd, UnitPlanId, UnitPlanListing, UnitPlanRead
from registry.units.unit_plans.service import CONSTRAINT_ERRORS, UNIT_PLANS

router = business_router("/api/v1/registry/unit-plans", ["一企一策"])
Wanted = Annotated[UnitPlanListing, Depends(query_of(UnitPlanListing))]


@router.get("", summary="一企一策列表")
async def list_unit_plans(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[UnitPlanRead]:
    return await UNIT_PLANS.page(db, actor, wanted)


@router.get("/export", summary="导出一企一策", response_class=Response, responses=FILE_ANSWER)
async def export_unit_plans(wanted: Wanted, to: ExportTo) -> Response:
    return await UNIT_PLANS.export(wanted, to)


@router.get("/{unit_plan_id}", summary="一企一策详情")
async def read_unit_plan(unit_plan_id: UnitPlanId, db: Db, actor: CurrentActor, response: Response) -> UnitPlanRead:
    return await UNIT_PLANS.show(db, actor, unit_plan_id, response)


@router.post("", summary="制定一企一策(一社一策)", status_code=status.HTTP_201_CREATED)
async def create_unit_plan(
    body: UnitPlanCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> UnitPlanRead:
    return await UNIT_PLANS.answer(db, await service.record_unit_plan(db, body, actor=actor, today=today), response)


@router.post("/{unit_plan_id}/end", summary="结束一企一策(完成或改换措施)")
async def end_unit_plan(
    *,
    unit_plan_id: UnitPlanId,
    body: UnitPlanEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> UnitPlanRead:
    unit_plan = await UNIT_PLANS.require(db, actor, unit_plan_id, if_match=if_match)
    ended = await service.end_unit_plan(db, unit_plan, body.ended_on, actor=actor, today=today)
    return await UNIT_PLANS.answer(db, ended, response)


@router.post("/{unit_plan_id}/void", summary="作废录入有误的一企一策(视为从未制定,记录保留)")
async def void_unit_plan(
    *, unit_plan_id: UnitPlanId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> UnitPlanRead:
    unit_plan = await UNIT_PLANS.require(db, actor, unit_plan_id, if_match=if_match)
    return await UNIT_PLANS.answer(db, await service.void_unit_plan(db, unit_plan, body.reason, actor=actor), response)


@router.get("/{unit_plan_id}/history", summary="一企一策的变更历史")
async def read_unit_plan_history(
    unit_plan_id: UnitPlanId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await UNIT_PLANS.history(db, actor, unit_plan_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
