from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

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
from registry.circles.turns import models, service
from registry.circles.turns.schemas import CircleTurnCreate, CircleTurnListing, CircleTurnRead, RotaRead, TurnId
from registry.circles.turns.service import CONSTRAINT_ERRORS, TURNS

router = business_router("/api/v1/registry", ["活动圈轮值"])
Wanted = Annotated[CircleTurnListing, Depends(query_of(CircleTurnListing))]


@router.get("/circle-turns", summary="活动圈轮值列表")
async def list_circle_turns(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CircleTurnRead]:
    return await TURNS.page(db, actor, wanted)


@router.get("/circle-turns/export", summary="导出活动圈轮值", response_class=Response, responses=FILE_ANSWER)
async def export_circle_turns(wanted: Wanted, to: ExportTo) -> Response:
    return await TURNS.export(wanted, to)


@router.get("/circle-turns/{turn_id}", summary="活动圈轮值详情")
async def read_circle_turn(turn_id: TurnId, db: Db, actor: CurrentActor, response: Response) -> CircleTurnRead:
    return await TURNS.show(db, actor, turn_id, response)


@router.post("/circle-turns", summary="安排活动圈一个月的轮值党组织", status_code=status.HTTP_201_CREATED)
async def create_circle_turn(
    body: CircleTurnCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CircleTurnRead:
    return await TURNS.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.post("/circle-turns/{turn_id}/void", summary="取消或作废一次轮值(写明原因,记录保留)")
async def void_circle_turn(
    *, turn_id: TurnId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CircleTurnRead:
    row = await TURNS.require(db, actor, turn_id, if_match=if_match)
    return await TURNS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/circle-turns/{turn_id}/history", summary="活动圈轮值的变更历史")
async def read_circle_turn_history(turn_id: TurnId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await TURNS.history(db, actor, turn_id, page)


@router.get("/circle-rota", summary="活动圈全年轮值,与没有安排的月份")
async def read_circle_rota(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    circle_id: Annotated[UUID, Query(title="活动圈编号")],
    year: Annotated[int | None, Query(ge=2000, le=2100, title="年度", description="默认今年")] = None,
) -> RotaRead:
    return await service.rota(db, actor, circle_id=circle_id, year=year or today.year)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
