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
from records.registers import Register
from records.voiding import VoidCreate
from registry.units.units import models, service
from registry.units.units.models import Unit
from registry.units.units.schemas import (
    CoverageLinkCreate,
    CoverageLinkEnd,
    LinkId,
    UnitClose,
    UnitCodeCorrect,
    UnitCorrect,
    UnitCovered,
    UnitCreate,
    UnitId,
    UnitListing,
    UnitRead,
)
from registry.units.units.service import CONSTRAINT_ERRORS

router = business_router("/api/v1/registry/units", ["两新组织"])
Wanted = Annotated[UnitListing, Depends(query_of(UnitListing))]


async def _today(today: Today) -> Register[Unit, UnitRead]:
    return service.units_on(today)


Units = Annotated[Register[Unit, UnitRead], Depends(_today, scope="function")]


@router.get("", summary="两新组织列表")
async def list_units(wanted: Wanted, db: Db, actor: CurrentActor, units: Units) -> Page[UnitRead]:
    return await units.page(db, actor, wanted)


@router.get(
    "/export", summary="导出两新组织(含镇街、覆盖的党组织和组建模式)", response_class=Response, responses=FILE_ANSWER
)
async def export_units(wanted: Wanted, today: Today, to: ExportTo) -> Response:
    return await service.export_sheet(wanted, today, to)


@router.post("", summary="登记两新组织", status_code=status.HTTP_201_CREATED)
async def create_unit(
    *, body: UnitCreate, db: Db, actor: CurrentActor, today: Today, units: Units, response: Response
) -> UnitRead:
    return await units.answer(db, await service.create_unit(db, body, actor=actor, today=today), response)


@router.get("/{unit_id}", summary="两新组织详情")
async def read_unit(unit_id: UnitId, db: Db, actor: CurrentActor, units: Units, response: Response) -> UnitRead:
    return await units.show(db, actor, unit_id, response)


@router.patch("/{unit_id}", summary="更正两新组织")
async def correct_unit(
    *,
    unit_id: UnitId,
    body: UnitCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    changed = await service.correct_unit(db, unit_id, body, if_match=if_match, actor=actor, today=today)
    return await units.answer(db, changed, response)


@router.post("/{unit_id}/closing", summary="注销两新组织", status_code=status.HTTP_201_CREATED)
async def close_unit(
    *,
    unit_id: UnitId,
    body: UnitClose,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    closed = await service.close_unit(db, unit_id, body, if_match=if_match, actor=actor, today=today)
    return await units.answer(db, closed, response)


@router.post("/{unit_id}/coverage-links", summary="建立覆盖关系", status_code=status.HTTP_201_CREATED)
async def cover_unit(
    *,
    unit_id: UnitId,
    body: CoverageLinkCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    response: Response,
) -> UnitCovered:
    unit, findings = await service.cover_unit(db, unit_id, body, actor=actor, today=today)
    answer = await units.answer(db, unit, response)
    return UnitCovered.model_construct(**dict(answer), findings=findings)


@router.post("/{unit_id}/coverage-links/{link_id}/end", summary="结束覆盖关系(If-Match 为单位的版本)")
async def end_coverage_link(
    *,
    unit_id: UnitId,
    link_id: LinkId,
    body: CoverageLinkEnd,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    unit = await service.end_coverage(db, unit_id, link_id, body.ended_on, if_match=if_match, actor=actor, today=today)
    return await units.answer(db, unit, response)


@router.post("/{unit_id}/coverage-links/{link_id}/void", summary="作废录入有误的覆盖关系(If-Match 为单位的版本)")
async def void_coverage_link(
    *,
    unit_id: UnitId,
    link_id: LinkId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    unit = await service.void_coverage(db, unit_id, link_id, body.reason, if_match=if_match, actor=actor, today=today)
    return await units.answer(db, unit, response)


@router.post("/{unit_id}/code-corrections", summary="更正统一社会信用代码", status_code=status.HTTP_201_CREATED)
async def correct_unit_code(
    *,
    unit_id: UnitId,
    body: UnitCodeCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    units: Units,
    if_match: IfMatch,
    response: Response,
) -> UnitRead:
    corrected = await service.correct_code(db, unit_id, body, if_match=if_match, actor=actor, today=today)
    return await units.answer(db, corrected, response)


@router.get("/{unit_id}/history", summary="两新组织的变更历史(含覆盖关系)")
async def read_unit_history(
    unit_id: UnitId, page: PageOf, db: Db, actor: CurrentActor, units: Units
) -> Page[ChangeRead]:
    return await units.history(db, actor, unit_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
