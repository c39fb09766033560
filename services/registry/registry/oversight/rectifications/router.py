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
from registry.oversight.rectifications import models, service
from registry.oversight.rectifications.schemas import (
    RectificationCorrect,
    RectificationCreate,
    RectificationDecide,
    RectificationId,
    RectificationListing,
    RectificationNoteCreate,
    RectificationRead,
    RectificationSubmit,
)
from registry.oversight.rectifications.service import CONSTRAINT_ERRORS, RECTIFICATIONS

router = business_router("/api/v1/registry/rectifications", ["软弱涣散整顿"])
Wanted = Annotated[RectificationListing, Depends(query_of(RectificationListing))]


@router.get("", summary="软弱涣散党组织整顿列表")
async def list_rectifications(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[RectificationRead]:
    return await RECTIFICATIONS.page(db, actor, wanted)


@router.get("/export", summary="导出软弱涣散党组织整顿", response_class=Response, responses=FILE_ANSWER)
async def export_rectifications(wanted: Wanted, to: ExportTo) -> Response:
    return await RECTIFICATIONS.export(wanted, to)


@router.get("/{rectification_id}", summary="整顿详情")
async def read_rectification(
    rectification_id: RectificationId, db: Db, actor: CurrentActor, response: Response
) -> RectificationRead:
    return await RECTIFICATIONS.show(db, actor, rectification_id, response)


@router.post("", summary="列入整顿(由上级党组织决定)", status_code=status.HTTP_201_CREATED)
async def create_rectification(
    body: RectificationCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> RectificationRead:
    return await RECTIFICATIONS.answer(db, await service.enter(db, body, actor=actor, today=today), response)


@router.patch("/{rectification_id}", summary="更正整顿的原因、措施、责任人或期限(上级党组织)")
async def correct_rectification(
    *,
    rectification_id: RectificationId,
    body: RectificationCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RectificationRead:
    found = await RECTIFICATIONS.require(db, actor, rectification_id, if_match=if_match)
    return await RECTIFICATIONS.answer(db, await service.correct(db, found, body, actor=actor, today=today), response)


@router.post("/{rectification_id}/notes", summary="记录整改进展", status_code=status.HTTP_201_CREATED)
async def note_rectification(
    *,
    rectification_id: RectificationId,
    body: RectificationNoteCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RectificationRead:
    found = await RECTIFICATIONS.require(db, actor, rectification_id, if_match=if_match)
    return await RECTIFICATIONS.answer(db, await service.note(db, found, body, actor=actor, today=today), response)


@router.post("/{rectification_id}/submission", summary="报告整改情况,申请验收", status_code=status.HTTP_201_CREATED)
async def submit_rectification(
    *,
    rectification_id: RectificationId,
    body: RectificationSubmit,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RectificationRead:
    found = await RECTIFICATIONS.require(db, actor, rectification_id, if_match=if_match)
    return await RECTIFICATIONS.answer(db, await service.submit(db, found, body, actor=actor, today=today), response)


@router.post(
    "/{rectification_id}/acceptance",
    summary="验收:通过的销号,不通过的继续整顿(上级党组织)",
    status_code=status.HTTP_201_CREATED,
)
async def decide_rectification(
    *,
    rectification_id: RectificationId,
    body: RectificationDecide,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RectificationRead:
    found = await RECTIFICATIONS.require(db, actor, rectification_id, if_match=if_match)
    return await RECTIFICATIONS.answer(db, await service.decide(db, found, body, actor=actor, today=today), response)


@router.post("/{rectification_id}/void", summary="作废登记有误的整顿(视为从未列入,记录保留)")
async def void_rectification(
    *,
    rectification_id: RectificationId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> RectificationRead:
    found = await RECTIFICATIONS.require(db, actor, rectification_id, if_match=if_match)
    return await RECTIFICATIONS.answer(
        db, await service.void(db, found, body.reason, actor=actor, today=today), response
    )


@router.get("/{rectification_id}/history", summary="整顿的变更历史")
async def read_rectification_history(
    rectification_id: RectificationId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await RECTIFICATIONS.history(db, actor, rectification_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINT_ERRORS)
