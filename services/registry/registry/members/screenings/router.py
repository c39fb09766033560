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
from registry.members.screenings import models, service
from registry.members.screenings.schemas import (
    ScreenedUnitId,
    ScreenedUnitListing,
    ScreenedUnitRead,
    ScreenedUnits,
    ScreeningCreate,
    ScreeningId,
    ScreeningListing,
    ScreeningRead,
    ScreeningStep,
)
from registry.members.screenings.service import CONSTRAINT_ERRORS, SCREENED_UNITS, SCREENINGS

router = business_router("/api/v1/registry", ["党员排查"])
Wanted = Annotated[ScreeningListing, Depends(query_of(ScreeningListing))]
WantedUnits = Annotated[ScreenedUnitListing, Depends(query_of(ScreenedUnitListing))]


@router.get("/screenings", summary="党员排查列表")
async def list_screenings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ScreeningRead]:
    return await SCREENINGS.page(db, actor, wanted)


@router.get("/screenings/export", summary="导出党员排查", response_class=Response, responses=FILE_ANSWER)
async def export_screenings(wanted: Wanted, to: ExportTo) -> Response:
    return await SCREENINGS.export(wanted, to)


@router.get("/screenings/{screening_id}", summary="党员排查详情")
async def read_screening(screening_id: ScreeningId, db: Db, actor: CurrentActor, response: Response) -> ScreeningRead:
    return await SCREENINGS.show(db, actor, screening_id, response)


@router.post("/screenings", summary="开始一轮党员排查(划分责任)", status_code=status.HTTP_201_CREATED)
async def start_screening(
    body: ScreeningCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ScreeningRead:
    return await SCREENINGS.answer(db, await service.start(db, body, actor=actor, today=today), response)


@router.post(
    "/screenings/{screening_id}/steps",
    summary="进入排查的下一步(五步依次进行)",
    status_code=status.HTTP_201_CREATED,
)
async def advance_screening(
    *,
    screening_id: ScreeningId,
    body: ScreeningStep,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> ScreeningRead:
    screening = await SCREENINGS.require(db, actor, screening_id, if_match=if_match)
    return await SCREENINGS.answer(db, await service.advance(db, screening, body, actor=actor, today=today), response)


@router.post(
    "/screenings/{screening_id}/units",
    summary="登记已核实的单位(一次至多 500 家)",
    status_code=status.HTTP_201_CREATED,
)
async def verify_screened_units(
    *,
    screening_id: ScreeningId,
    body: ScreenedUnits,
    db: Db,
    actor: CurrentActor,
    today: Today,
    response: Response,
) -> ScreeningRead:
    screening = await SCREENINGS.require(db, actor, screening_id, lock=True)
    verified = await service.verify(db, screening, body.units, actor=actor, today=today)
    return await SCREENINGS.answer(db, verified, response)


@router.post("/screenings/{screening_id}/void", summary="作废登记有误的排查(视为从未有过,记录保留)")
async def void_screening(
    *, screening_id: ScreeningId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ScreeningRead:
    screening = await SCREENINGS.require(db, actor, screening_id, if_match=if_match)
    return await SCREENINGS.answer(db, await service.void(db, screening, body.reason, actor=actor), response)


@router.get("/screenings/{screening_id}/history", summary="党员排查的变更历史")
async def read_screening_history(
    screening_id: ScreeningId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SCREENINGS.history(db, actor, screening_id, page)


@router.get("/screened-units", summary="单位排查核实记录")
async def list_screened_units(wanted: WantedUnits, db: Db, actor: CurrentActor) -> Page[ScreenedUnitRead]:
    return await SCREENED_UNITS.page(db, actor, wanted)


@router.get("/screened-units/export", summary="导出单位排查核实记录", response_class=Response, responses=FILE_ANSWER)
async def export_screened_units(wanted: WantedUnits, to: ExportTo) -> Response:
    return await SCREENED_UNITS.export(wanted, to)


@router.get("/screened-units/{screened_unit_id}", summary="单位排查核实记录详情")
async def read_screened_unit(
    screened_unit_id: ScreenedUnitId, db: Db, actor: CurrentActor, response: Response
) -> ScreenedUnitRead:
    return await SCREENED_UNITS.show(db, actor, screened_unit_id, response)


@router.post("/screened-units/{screened_unit_id}/void", summary="作废有误的单位核实记录")
async def void_screened_unit(
    *,
    screened_unit_id: ScreenedUnitId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ScreenedUnitRead:
    unit = await SCREENED_UNITS.require(db, actor, screened_unit_id, if_match=if_match)
    return await SCREENED_UNITS.answer(db, await service.void_unit(db, unit, body.reason, actor=actor), response)


@router.get("/screened-units/{screened_unit_id}/history", summary="单位核实记录的变更历史")
async def read_screened_unit_history(
    screened_unit_id: ScreenedUnitId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SCREENED_UNITS.history(db, actor, screened_unit_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
