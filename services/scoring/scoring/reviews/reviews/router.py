from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reviews.access.models import ReviewSubject
from scoring.reviews.access.service import enter
from scoring.reviews.cycles import service as cycles
from scoring.reviews.cycles.schemas import CycleRead
from scoring.reviews.reviews import progress, service, steps
from scoring.reviews.reviews.schemas import (
    Advance,
    Progress,
    Reopening,
    ReviewDetail,
    ReviewListing,
    ReviewOpen,
    ReviewRead,
    StepRecordListing,
    StepRecordRead,
    SubjectListing,
    SubjectRead,
)
from scoring.reviews.reviews.service import REVIEWS, SUBJECTS

router = business_router(prefix="/api/v1/scoring", tags=["评议"])
Wanted = Annotated[ReviewListing, Depends(query_of(ReviewListing))]
Subjects = Annotated[SubjectListing, Depends(query_of(SubjectListing))]
History = Annotated[StepRecordListing, Depends(query_of(StepRecordListing))]


@router.post("/reviews", summary="启动本组织的评议", status_code=status.HTTP_201_CREATED)
async def open_review(
    *, body: ReviewOpen, db: Db, actor: CurrentActor, today: Today, now: Now, response: Response
) -> ReviewRead:
    review = await service.open_review(db, body, today=today, now=now, actor=actor)
    return await REVIEWS.answer(db, review, response)


@router.get("/reviews", summary="评议列表")
async def list_reviews(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ReviewRead]:
    return await REVIEWS.page_of(db, service.seen_rows(actor), wanted)


@router.get("/reviews/export", summary="导出评议", response_class=Response, responses=FILE_ANSWER)
async def export_reviews(wanted: Wanted, to: ExportTo) -> Response:
    return await REVIEWS.export_of(service.seen_rows(to.actor), wanted, to)


@router.get("/reviews/{review_id}/subjects", summary="评议对象(启动时确定)")
async def list_review_subjects(review_id: UUID, wanted: Subjects, db: Db, actor: CurrentActor) -> Page[SubjectRead]:
    await enter(db, actor, review_id)
    return await SUBJECTS.page_of(db, SUBJECTS.rows().where(ReviewSubject.review_id == review_id), wanted)


@router.get(
    "/reviews/{review_id}/subjects/export", summary="导出评议对象", response_class=Response, responses=FILE_ANSWER
)
async def export_review_subjects(review_id: UUID, wanted: Subjects, to: ExportTo) -> Response:
    await enter(to.db, to.actor, review_id)
    return await SUBJECTS.export_of(SUBJECTS.rows().where(ReviewSubject.review_id == review_id), wanted, to)


@router.get("/reviews/{review_id}/history", summary="评议各步骤的办理记录")
async def read_review_history(review_id: UUID, wanted: History, db: Db, actor: CurrentActor) -> Page[StepRecordRead]:
    await enter(db, actor, review_id)
    return await service.history(db, review_id, wanted)


@router.get("/reviews/{review_id}", summary="评议:所处步骤、权限、期限、尚缺事项")
async def read_review(review_id: UUID, db: Db, actor: CurrentActor, today: Today, response: Response) -> ReviewDetail:
    return await service.detail(db, await enter(db, actor, review_id), response, today=today)


@router.post("/reviews/{review_id}/advance", summary="推进到下一步", status_code=status.HTTP_201_CREATED)
async def advance_review(
    *,
    review_id: UUID,
    body: Advance,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    now: Now,
    response: Response,
) -> ReviewDetail:
    access = await steps.advance(db, review_id, body.to, today=today, now=now, actor=actor, if_match=if_match)
    return await service.detail(db, access, response, today=today)


@router.post("/reviews/{review_id}/reopen", summary="退回到较早的步骤(上级党组织)", status_code=status.HTTP_201_CREATED)
async def reopen_review(
    *,
    review_id: UUID,
    body: Reopening,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    now: Now,
    response: Response,
) -> ReviewDetail:
    access = await steps.reopen(
        db, review_id, body.to, body.reason, today=today, now=now, actor=actor, if_match=if_match
    )
    return await service.detail(db, access, response, today=today)


@router.get("/cycles/{cycle_id}/progress", summary="各步骤的评议数(上级看进度)")
async def read_cycle_progress(cycle_id: UUID, db: Db, actor: CurrentActor) -> Progress:
    return await progress.progress(db, cycle_id, actor=actor)


@router.post("/cycles/{cycle_id}/closure", summary="办结一个年度的评议")
async def close_cycle(
    *, cycle_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, now: Now, response: Response
) -> CycleRead:
    return await cycles.answer(
        db, await progress.close_cycle(db, cycle_id, now=now, actor=actor, if_match=if_match), response
    )


DOMAIN = Domain(routers=[router], constraint_errors=service.CONSTRAINTS)
