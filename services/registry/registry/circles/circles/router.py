from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from registry.circles.circles import models, service
from registry.circles.circles.schemas import (
    CircleCreate,
    CircleEnd,
    CircleFigures,
    CircleId,
    CircleListing,
    CircleRead,
)
from registry.circles.circles.service import CIRCLES, CONSTRAINT_ERRORS, OWN

router = business_router("/api/v1/registry", ["党建活动圈"])
Wanted = Annotated[CircleListing, Depends(query_of(CircleListing))]


@router.get("/circles", summary="党建活动圈列表")
async def list_circles(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CircleRead]:
    return await CIRCLES.page(db, actor, wanted)


@router.get("/circles/export", summary="导出党建活动圈", response_class=Response, responses=FILE_ANSWER)
async def export_circles(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export_sheet(wanted, to)


@router.get("/circles/{circle_id}", summary="党建活动圈详情")
async def read_circle(circle_id: CircleId, db: Db, actor: CurrentActor, response: Response) -> CircleRead:
    return await CIRCLES.show(db, actor, circle_id, response)


@router.post("/circles", summary="设立党建活动圈及其活动中心", status_code=status.HTTP_201_CREATED)
async def create_circle(
    body: CircleCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CircleRead:
    return await CIRCLES.answer(db, await service.open_circle(db, body, actor=actor, today=today), response)


@router.post("/circles/{circle_id}/end", summary="停用党建活动圈")
async def end_circle(
    *,
    circle_id: CircleId,
    body: CircleEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CircleRead:
    circle = await OWN.require(db, actor, circle_id, if_match=if_match)
    ended = await service.end_circle(db, circle, body.ended_on, actor=actor, today=today)
    return await CIRCLES.answer(db, ended, response)


@router.post("/circles/{circle_id}/void", summary="作废录入有误的活动圈(视为从未设立,记录保留)")
async def void_circle(
    *, circle_id: CircleId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CircleRead:
    circle = await OWN.require(db, actor, circle_id, if_match=if_match)
    return await CIRCLES.answer(db, await service.void_circle(db, circle, body.reason, actor=actor), response)


@router.get("/circles/{circle_id}/history", summary="党建活动圈的变更历史")
async def read_circle_history(circle_id: CircleId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CIRCLES.history(db, actor, circle_id, page)


@router.get("/circle-figures", summary="党建活动圈统计(圈、中心、面积、投入)")
async def read_circle_figures(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID | None, Query(title="统计范围", description="默认全区")] = None,
    as_of: Annotated[BusinessDate | None, Query(title="截至日期", description="默认今天")] = None,
) -> CircleFigures:
    return await service.figures(db, actor, day=as_of or today, under=organization_id)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
