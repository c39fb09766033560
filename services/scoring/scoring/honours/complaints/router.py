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
from scoring.honours.complaints import models, service
from scoring.honours.complaints.schemas import (
    ComplaintDecision,
    ComplaintFile,
    ComplaintHearing,
    ComplaintId,
    ComplaintListing,
    ComplaintRead,
)
from scoring.honours.complaints.service import COMPLAINTS

router = business_router("/api/v1/scoring/complaints", ["群众反映与减星"])
Wanted = Annotated[ComplaintListing, Depends(query_of(ComplaintListing))]


@router.get("", summary="群众反映列表")
async def list_complaints(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ComplaintRead]:
    return await COMPLAINTS.page(db, actor, wanted)


@router.get("/export", summary="导出群众反映", response_class=Response, responses=FILE_ANSWER)
async def export_complaints(wanted: Wanted, to: ExportTo) -> Response:
    return await COMPLAINTS.export(wanted, to)


@router.get("/{complaint_id}", summary="一件群众反映(含认定理由)")
async def read_complaint(complaint_id: ComplaintId, db: Db, actor: CurrentActor, response: Response) -> ComplaintRead:
    return await COMPLAINTS.show(db, actor, complaint_id, response)


@router.post("", summary="反映星级党组织或星级党员的情况", status_code=status.HTTP_201_CREATED)
async def file_complaint(
    body: ComplaintFile, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ComplaintRead:
    return await COMPLAINTS.answer(db, await service.file(db, body, today=today, actor=actor), response)


@router.post("/{complaint_id}/hearing", summary="记录听取本人或本组织意见", status_code=status.HTTP_201_CREATED)
async def hear_complaint(
    *,
    complaint_id: ComplaintId,
    body: ComplaintHearing,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> ComplaintRead:
    complaint = await COMPLAINTS.require(db, actor, complaint_id, if_match=if_match)
    return await COMPLAINTS.answer(db, await service.hear(db, complaint, body, today=today, actor=actor), response)


@router.post(
    "/{complaint_id}/decision", summary="认定是否属实,属实的减星(上级党组织)", status_code=status.HTTP_201_CREATED
)
async def decide_complaint(
    *,
    complaint_id: ComplaintId,
    body: ComplaintDecision,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> ComplaintRead:
    complaint = await COMPLAINTS.require(db, actor, complaint_id, if_match=if_match)
    return await COMPLAINTS.answer(db, await service.decide(db, complaint, body, today=today, actor=actor), response)


@router.post("/{complaint_id}/void", summary="作废录入有误的群众反映(认定之前,由上级党组织)")
async def void_complaint(
    *, complaint_id: ComplaintId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ComplaintRead:
    complaint = await COMPLAINTS.require(db, actor, complaint_id, if_match=if_match)
    return await COMPLAINTS.answer(db, await service.void(db, complaint, body.reason, actor=actor), response)


@router.get("/{complaint_id}/history", summary="一件群众反映的变更历史")
async def read_complaint_history(
    complaint_id: ComplaintId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await COMPLAINTS.history(db, actor, complaint_id, page)


DOMAIN = Domain(routers=[router], tables=models)
