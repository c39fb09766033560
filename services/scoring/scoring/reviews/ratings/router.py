from typing import Any
from uuid import UUID

from kit.access import CurrentActor
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.ratings import schemas, service
from scoring.reviews.reviews.standing import enter

router = business_router(prefix="/api/v1/scoring/reviews/{review_id}/results", tags=["比:综合得分与排名"])


@router.get("", summary="综合得分、建议星级与同类名次", response_model=schemas.RatingList)
async def list_results(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, list[dict[str, Any]]]:
    return {"items": await service.results(db, await enter(db, actor, review_id))}


@router.get("/{subject_id}", summary="一名对象得分的完整说明(到每笔流水)", response_model=schemas.ExplanationRead)
async def explain_result(db: Db, actor: CurrentActor, review_id: UUID, subject_id: UUID) -> dict[str, Any]:
    return await service.explain(db, await enter(db, actor, review_id), subject_id)
