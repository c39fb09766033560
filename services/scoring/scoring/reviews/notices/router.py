from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.notices import models, service
from scoring.reviews.notices.schemas import (
    NoticeListing,
    NoticeRead,
    ObjectionDecision,
    ObjectionFile,
    ObjectionListing,
    ObjectionRead,
)
from scoring.reviews.notices.service import NOTICES, OBJECTIONS

router = business_router(prefix="/api/v1/scoring", tags=["示:公示与异议"])
Notices = Annotated[NoticeListing, Depends(query_of(NoticeListing))]
Objections = Annotated[ObjectionListing, Depends(query_of(ObjectionListing))]


@router.get("/notices", summary="公示栏")
async def list_notices(wanted: Notices, db: Db, actor: CurrentActor) -> Page[NoticeRead]:
    return await NOTICES.page(db, actor, wanted)


@router.get("/notices/export", summary="导出公示栏", response_class=Response, responses=FILE_ANSWER)
async def export_notices(wanted: Notices, to: ExportTo) -> Response:
    return await NOTICES.export(wanted, to)


@router.post("/objections", summary="提出异议(公示期暂停)", status_code=status.HTTP_201_CREATED)
async def file_objection(
    body: ObjectionFile, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ObjectionRead:
    return await OBJECTIONS.answer(db, await service.file(db, body, today=today, actor=actor), response)


@router.get("/objections", summary="异议列表")
async def list_objections(wanted: Objections, db: Db, actor: CurrentActor) -> Page[ObjectionRead]:
    return await OBJECTIONS.page(db, actor, wanted)


@router.get("/objections/export", summary="导出异议", response_class=Response, responses=FILE_ANSWER)
async def export_objections(wanted: Objections, to: ExportTo) -> Response:
    return await OBJECTIONS.export(wanted, to)


@router.post("/objections/{objection_id}/decision", summary="答复异议", status_code=status.HTTP_201_CREATED)
async def decide_objection(
    *,
    objection_id: UUID,
    body: ObjectionDecision,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    now: Now,
    response: Response,
) -> ObjectionRead:
    objection = await service.decide(db, objection_id, body, today=today, now=now, actor=actor, if_match=if_match)
    return await OBJECTIONS.answer(db, objection, response)


@router.get("/objections/{objection_id}/history", summary="异议的变更历史")
async def read_objection_history(objection_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await OBJECTIONS.history(db, actor, objection_id, page)


DOMAIN = Domain(routers=[router], tables=models)
