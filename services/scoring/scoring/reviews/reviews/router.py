from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reviews.reviews import service, standing
from scoring.reviews.reviews.models import ReviewSubject
from scoring.reviews.reviews.schemas import (
    ReviewListing,
    ReviewOpen,
    ReviewRead,
    StepRecordListing,
    StepRecordRead,
    SubjectListing,
    SubjectRead,
)
from scoring.reviews.reviews.service import REVIEWS, SUBJECTS

router = business_router(prefix="/api/v1/scoring/reviews", tags=["评议"])
Wanted = Annotated[ReviewListing, Depends(query_of(ReviewListing))]
Subjects = Annotated[SubjectListing, Depends(query_of(SubjectListing))]
History = Annotated[StepRecordListing, Depends(query_of(StepRecordListing))]


@router.post("", summary="启动本组织的评议", status_code=status.HTTP_201_CREATED)
async def open_review(
    *, body: ReviewOpen, db: Db, actor: CurrentActor, today: Today, now: Now, response: Response
) -> ReviewRead:
    review = await service.open_review(db, body, today=today, now=now, actor=actor)
    return await REVIEWS.answer(db, review, response)


@router.get("", summary="评议列表")
async def list_reviews(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ReviewRead]:
    return await REVIEWS.page_of(db, await service.seen_rows(db, actor), wanted)


@router.get("/export", summary="导出评议", response_class=Response, responses=FILE_ANSWER)
async def export_reviews(wanted: Wanted, to: ExportTo) -> Response:
    return await REVIEWS.export_of(await service.seen_rows(to.db, to.actor), wanted, to)


@router.get("/{review_id}/subjects", summary="评议对象(启动时确定)")
async def list_review_subjects(review_id: UUID, wanted: Subjects, db: Db, actor: CurrentActor) -> Page[SubjectRead]:
    await standing.enter(db, actor, review_id)
    return await SUBJECTS.page_of(db, SUBJECTS.rows().where(ReviewSubject.review_id == review_id), wanted)


@router.get("/{review_id}/subjects/export", summary="导出评议对象", response_class=Response, responses=FILE_ANSWER)
async def export_review_subjects(review_id: UUID, wanted: Subjects, to: ExportTo) -> Response:
    await standing.enter(to.db, to.actor, review_id)
    return await SUBJECTS.export_of(SUBJECTS.rows().where(ReviewSubject.review_id == review_id), wanted, to)


@router.get("/{review_id}/history", summary="评议各步骤的办理记录")
async def read_review_history(review_id: UUID, wanted: History, db: Db, actor: CurrentActor) -> Page[StepRecordRead]:
    await standing.enter(db, actor, review_id)
    return await service.history(db, review_id, wanted)
