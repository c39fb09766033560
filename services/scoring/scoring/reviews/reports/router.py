from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reviews.reports import models, service
from scoring.reviews.reports.schemas import ReportComment, ReportListing, ReportRead, ReportSubmit
from scoring.reviews.reports.service import CONSTRAINTS, REPORTS

router = business_router(prefix="/api/v1/scoring/reports", tags=["讲:述职"])
Wanted = Annotated[ReportListing, Depends(query_of(ReportListing))]


@router.post("", summary="提交述职,或登记缺席", status_code=status.HTTP_201_CREATED)
async def submit_report(
    body: ReportSubmit, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ReportRead:
    return await service.answer(db, await service.submit(db, body, today=today, actor=actor), response)


@router.get("", summary="述职列表")
async def list_reports(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ReportRead]:
    return await REPORTS.page(db, actor, wanted)


@router.get("/export", summary="导出述职", response_class=Response, responses=FILE_ANSWER)
async def export_reports(wanted: Wanted, to: ExportTo) -> Response:
    return await REPORTS.export(wanted, to)


@router.post("/{review_id}/{subject_id}/comment", summary="领导点评", status_code=status.HTTP_201_CREATED)
async def comment_report(
    *,
    review_id: UUID,
    subject_id: UUID,
    body: ReportComment,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> ReportRead:
    report = await service.comment(db, review_id, subject_id, body.comment, today=today, actor=actor, if_match=if_match)
    return await service.answer(db, report, response)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINTS)
