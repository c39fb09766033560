from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from scoring.reviews.access.service import enter
from scoring.reviews.explanations.schemas import ExplanationRead
from scoring.reviews.explanations.service import explain
from scoring.reviews.ratings import service
from scoring.reviews.ratings.schemas import RatingListing, RatingRead

router = business_router(prefix="/api/v1/scoring/reviews/{review_id}/results", tags=["比:综合得分与排名"])
Wanted = Annotated[RatingListing, Depends(query_of(RatingListing))]


@router.get("", summary="综合得分、建议星级与同类名次")
async def list_results(review_id: UUID, wanted: Wanted, db: Db, actor: CurrentActor) -> Page[RatingRead]:
    return await service.results(db, await enter(db, actor, review_id), wanted)


@router.get("/export", summary="导出综合得分与名次", response_class=Response, responses=FILE_ANSWER)
async def export_results(review_id: UUID, wanted: Wanted, to: ExportTo) -> Response:
    return await service.export(wanted, await enter(to.db, to.actor, review_id), to)


@router.get("/{subject_id}", summary="一名对象得分的完整说明(一段话、算式,到每笔流水)")
async def explain_result(
    review_id: UUID, subject_id: UUID, db: Db, actor: CurrentActor, today: Today
) -> ExplanationRead:
    return await explain(db, await enter(db, actor, review_id), subject_id, today=today)


DOMAIN = Domain(routers=[router])
