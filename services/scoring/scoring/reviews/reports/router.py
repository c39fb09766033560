from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.reports import schemas, service
from scoring.reviews.reports.models import Report
from scoring.reviews.reviews.standing import enter

router = business_router(prefix="/api/v1/scoring/reports", tags=["讲:述职"])


@router.post("", summary="提交述职,或登记缺席", response_model=schemas.ReportRead, status_code=201)
async def submit_report(db: Db, actor: CurrentActor, given: schemas.ReportSubmit, today: Today) -> Report:
    return await service.submit(db, given, today=today, actor=actor)


@router.get("", summary="述职列表", response_model=schemas.ReportList)
async def list_reports(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[Report]]:
    await enter(db, actor, review_id)
    query = select(Report).where(Report.review_id == review_id).order_by(Report.subject_id)
    return {"items": (await db.scalars(query)).all()}


@router.post("/{review_id}/{subject_id}/comment", summary="领导点评", response_model=schemas.ReportRead)
async def comment_report(
    db: Db, actor: CurrentActor, review_id: UUID, subject_id: UUID, given: schemas.ReportComment, today: Today
) -> Report:
    return await service.comment(db, review_id, subject_id, given.comment, today=today, actor=actor)
