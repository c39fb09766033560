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
from registry.circles.staffing import models, service
from registry.circles.staffing.schemas import (
    CentreStaffCreate,
    CentreStaffEnd,
    CentreStaffListing,
    CentreStaffRead,
    StaffId,
)
from registry.circles.staffing.service import CONSTRAINT_ERRORS, STAFF

router = business_router("/api/v1/registry", ["活动中心派驻"])
Wanted = Annotated[CentreStaffListing, Depends(query_of(CentreStaffListing))]


@router.get("/centre-staff", summary="活动中心派驻人员列表")
async def list_centre_staff(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CentreStaffRead]:
    return await STAFF.page(db, actor, wanted)


@router.get("/centre-staff/export", summary="导出活动中心派驻人员", response_class=Response, responses=FILE_ANSWER)
async def export_centre_staff(wanted: Wanted, to: ExportTo) -> Response:
    return await STAFF.export(wanted, to)


@router.get("/centre-staff/{staff_id}", summary="活动中心派驻人员详情")
async def read_centre_staff(staff_id: StaffId, db: Db, actor: CurrentActor, response: Response) -> CentreStaffRead:
    return await STAFF.show(db, actor, staff_id, response)


@router.post("/centre-staff", summary="派驻活动中心人员", status_code=status.HTTP_201_CREATED)
async def create_centre_staff(
    body: CentreStaffCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CentreStaffRead:
    return await STAFF.answer(db, await service.send(db, body, actor=actor, today=today), response)


@router.post("/centre-staff/{staff_id}/end", summary="结束派驻")
async def end_centre_staff(
    *,
    staff_id: StaffId,
    body: CentreStaffEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CentreStaffRead:
    staff = await STAFF.require(db, actor, staff_id, if_match=if_match)
    ended = await service.end(db, staff, body.ended_on, actor=actor, today=today)
    return await STAFF.answer(db, ended, response)


@router.post("/centre-staff/{staff_id}/void", summary="作废录入有误的派驻(视为从未有过,记录保留)")
async def void_centre_staff(
    *,
    staff_id: StaffId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> CentreStaffRead:
    staff = await STAFF.require(db, actor, staff_id, if_match=if_match)
    return await STAFF.answer(db, await service.void(db, staff, body.reason, actor=actor), response)


@router.get("/centre-staff/{staff_id}/history", summary="派驻人员的变更历史")
async def read_centre_staff_history(staff_id: StaffId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await STAFF.history(db, actor, staff_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
