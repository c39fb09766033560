from typing import Any
from uuid import UUID

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.resolutions import queries, schemas, service
from scoring.reviews.reviews.standing import enter

router = business_router(prefix="/api/v1/scoring/resolutions", tags=["议:审议决议"])


@router.post("", summary="登记审议会议与表决", response_model=schemas.ResolutionRead, status_code=201)
async def record_resolution(
    db: Db, actor: CurrentActor, given: schemas.ResolutionRecord, today: Today
) -> dict[str, Any]:
    return await service.record(db, given, today=today, actor=actor)


@router.get("", summary="审议决议列表", response_model=schemas.ResolutionList)
async def list_resolutions(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, list[dict[str, Any]]]:
    await enter(db, actor, review_id)
    return {"items": [service.shown(*one) for one in await queries.of_review(db, review_id)]}
