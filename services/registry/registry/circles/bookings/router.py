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
from registry.circles.bookings import models, service
from registry.circles.bookings.schemas import BookingId, CircleBookingCreate, CircleBookingListing, CircleBookingRead
from registry.circles.bookings.service import BOOKINGS, CONSTRAINT_ERRORS

router = business_router("/api/v1/registry", ["活动室预约"])
Wanted = Annotated[CircleBookingListing, Depends(query_of(CircleBookingListing))]


@router.get("/circle-bookings", summary="活动室预约列表")
async def list_circle_bookings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CircleBookingRead]:
    return await BOOKINGS.page(db, actor, wanted)


@router.get("/circle-bookings/export", summary="导出活动室预约", response_class=Response, responses=FILE_ANSWER)
async def export_circle_bookings(wanted: Wanted, to: ExportTo) -> Response:
    return await BOOKINGS.export(wanted, to)


@router.get("/circle-bookings/{booking_id}", summary="活动室预约详情")
async def read_circle_booking(
    booking_id: BookingId, db: Db, actor: CurrentActor, response: Response
) -> CircleBookingRead:
    return await BOOKINGS.show(db, actor, booking_id, response)


@router.post("/circle-bookings", summary="预约活动室(同一活动室的时段不能重叠)", status_code=status.HTTP_201_CREATED)
async def create_circle_booking(
    body: CircleBookingCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CircleBookingRead:
    return await BOOKINGS.answer(db, await service.create(db, body, actor=actor, today=today), response)


@router.post("/circle-bookings/{booking_id}/void", summary="取消或作废一次预约(写明原因,记录保留)")
async def void_circle_booking(
    *, booking_id: BookingId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> CircleBookingRead:
    row = await BOOKINGS.require(db, actor, booking_id, if_match=if_match)
    return await BOOKINGS.answer(db, await service.void(db, row, body.reason, actor=actor), response)


@router.get("/circle-bookings/{booking_id}/history", summary="活动室预约的变更历史")
async def read_circle_booking_history(
    booking_id: BookingId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await BOOKINGS.history(db, actor, booking_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
