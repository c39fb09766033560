from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

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
from scoring.honours.upper_tables import models, service
from scoring.honours.upper_tables.schemas import (
    UpperItemCreate,
    UpperItemId,
    UpperItemListing,
    UpperItemRead,
    UpperItemScores,
    UpperSum,
)
from scoring.honours.upper_tables.service import UPPER_ITEMS, PositionTaken

router = business_router("/api/v1/scoring", ["上级考核表"])
Wanted = Annotated[UpperItemListing, Depends(query_of(UpperItemListing))]


@router.get("/upper-items", summary="上级考核表:满分、自评分、佐证、上级评分与差额")
async def list_upper_items(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[UpperItemRead]:
    return await UPPER_ITEMS.page(db, actor, wanted)


@router.get("/upper-items/export", summary="导出上级考核表自评", response_class=Response, responses=FILE_ANSWER)
async def export_upper_items(wanted: Wanted, to: ExportTo) -> Response:
    return await UPPER_ITEMS.export(wanted, to)


@router.get("/upper-items/{upper_item_id}", summary="一个考核项目")
async def read_upper_item(upper_item_id: UpperItemId, db: Db, actor: CurrentActor, response: Response) -> UpperItemRead:
    return await UPPER_ITEMS.show(db, actor, upper_item_id, response)


@router.post("/upper-items", summary="登记上级考核表的一个项目", status_code=status.HTTP_201_CREATED)
async def create_upper_item(body: UpperItemCreate, db: Db, actor: CurrentActor, response: Response) -> UpperItemRead:
    return await UPPER_ITEMS.answer(db, await service.create(db, body, actor=actor), response)


@router.patch("/upper-items/{upper_item_id}", summary="登记自评分、佐证和上级评分")
async def correct_upper_item(
    *,
    upper_item_id: UpperItemId,
    body: UpperItemScores,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> UpperItemRead:
    item = await UPPER_ITEMS.require(db, actor, upper_item_id, if_match=if_match)
    return await UPPER_ITEMS.answer(db, await service.correct(db, item, body, actor=actor), response)


@router.post("/upper-items/{upper_item_id}/void", summary="作废登记有误的考核项目(记录保留)")
async def void_upper_item(
    *, upper_item_id: UpperItemId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> UpperItemRead:
    item = await UPPER_ITEMS.require(db, actor, upper_item_id, if_match=if_match)
    return await UPPER_ITEMS.answer(db, await service.void(db, item, body.reason, actor=actor), response)


@router.get("/upper-items/{upper_item_id}/history", summary="一个考核项目的变更历史")
async def read_upper_item_history(
    upper_item_id: UpperItemId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await UPPER_ITEMS.history(db, actor, upper_item_id, page)


@router.get("/upper-sums", summary="自评与上级评分合计")
async def read_upper_sums(
    db: Db,
    actor: CurrentActor,
    organization_id: Annotated[UUID, Query(title="被考核的党组织编号")],
    year: Annotated[int, Query(ge=2000, le=2099, title="考核年度")],
) -> UpperSum:
    return await service.sums(db, actor, organization_id, year)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors={"uq_upper_items_position": PositionTaken})
