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
from registry.circles.rooms import models, service
from registry.circles.rooms.schemas import CircleRoomCreate, CircleRoomListing, CircleRoomRead, RoomId
from registry.circles.rooms.service import CONSTRAINT_ERRORS, OWN_ROOMS, ROOMS

router = business_router("/api/v1/registry", ["活动室"])
Wanted = Annotated[CircleRoomListing, Depends(query_of(CircleRoomListing))]


@router.get("/circle-rooms", summary="活动室列表")
async def list_circle_rooms(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CircleRoomRead]:
    return await ROOMS.page(db, actor, wanted)


@router.get("/circle-rooms/export", summary="导出活动室", response_class=Response, responses=FILE_ANSWER)
async def export_circle_rooms(wanted: Wanted, to: ExportTo) -> Response:
    return await ROOMS.export(wanted, to)


@router.get("/circle-rooms/{room_id}", summary="活动室详情")
async def read_circle_room(room_id: RoomId, db: Db, actor: CurrentActor, response: Response) -> CircleRoomRead:
    return await ROOMS.show(db, actor, room_id, response)


@router.post("/circle-rooms", summary="登记活动中心的一间活动室", status_code=status.HTTP_201_CREATED)
async def create_circle_room(
    body: CircleRoomCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CircleRoomRead:
    return await ROOMS.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.post("/circle-rooms/{room_id}/void", summary="作废录入有误的活动室(视为从未登记,记录保留)")
async def void_circle_room(
    *, room_id: RoomId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CircleRoomRead:
    row = await OWN_ROOMS.require(db, actor, room_id, if_match=if_match)
    return await ROOMS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/circle-rooms/{room_id}/history", summary="活动室的变更历史")
async def read_circle_room_history(room_id: RoomId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await ROOMS.history(db, actor, room_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
