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
from training.mutual_aid.menu import models, service
from training.mutual_aid.menu.schemas import (
    ItemId,
    ServiceItemCorrect,
    ServiceItemCreate,
    ServiceItemListing,
    ServiceItemRead,
)
from training.mutual_aid.menu.service import CONSTRAINT_ERRORS, ITEMS

router = business_router("/api/v1/training/service-items", ["互助服务"])
Wanted = Annotated[ServiceItemListing, Depends(query_of(ServiceItemListing))]


@router.get("", summary="党员互助服务菜单")
async def list_service_items(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ServiceItemRead]:
    return await ITEMS.page(db, actor, wanted)


@router.get("/export", summary="导出党员互助服务菜单", response_class=Response, responses=FILE_ANSWER)
async def export_service_items(wanted: Wanted, to: ExportTo) -> Response:
    return await ITEMS.export(wanted, to)


@router.get("/{service_item_id}", summary="互助项目详情")
async def read_service_item(
    service_item_id: ItemId, db: Db, actor: CurrentActor, response: Response
) -> ServiceItemRead:
    return await ITEMS.show(db, actor, service_item_id, response)


@router.post("", summary="菜单上增加互助项目", status_code=status.HTTP_201_CREATED)
async def create_service_item(
    body: ServiceItemCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ServiceItemRead:
    return await ITEMS.answer(db, await service.offer(db, body, actor=actor, today=today), response)


@router.patch("/{service_item_id}", summary="更正互助项目")
async def correct_service_item(
    *,
    service_item_id: ItemId,
    body: ServiceItemCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ServiceItemRead:
    item = await ITEMS.require(db, actor, service_item_id, if_match=if_match)
    return await ITEMS.answer(db, await service.correct(db, item, body, actor=actor, today=today), response)


@router.post("/{service_item_id}/end", summary="从菜单撤下互助项目")
async def end_service_item(
    *, service_item_id: ItemId, db: Db, actor: CurrentActor, today: Today, if_match: IfMatch, response: Response
) -> ServiceItemRead:
    item = await ITEMS.require(db, actor, service_item_id, if_match=if_match)
    return await ITEMS.answer(db, await service.end(db, item, actor=actor, today=today), response)


@router.post("/{service_item_id}/void", summary="作废录入有误的互助项目(视为从未有过,记录保留)")
async def void_service_item(
    *, service_item_id: ItemId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ServiceItemRead:
    item = await ITEMS.require(db, actor, service_item_id, if_match=if_match)
    return await ITEMS.answer(db, await service.void(db, item, body.reason, actor=actor), response)


@router.get("/{service_item_id}/history", summary="互助项目的变更历史")
async def read_service_item_history(
    service_item_id: ItemId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ITEMS.history(db, actor, service_item_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
