from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.notices import queries, schemas, service
from scoring.reviews.notices.models import Objection
from scoring.reviews.reviews.standing import enter

router = business_router(prefix="/api/v1/scoring", tags=["示:公示与异议"])


@router.get("/notices", summary="公示栏", response_model=schemas.NoticeList)
async def list_notices(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[dict[str, Any]]]:
    await enter(db, actor, review_id)
    return {"items": await queries.board(db, review_id)}


@router.post("/objections", summary="提出异议(公示期暂停)", response_model=schemas.ObjectionRead, status_code=201)
async def file_objection(db: Db, actor: CurrentActor, given: schemas.ObjectionFile, today: Today) -> Objection:
    return await service.file(db, given, today=today, actor=actor)


@router.get("/objections", summary="异议列表", response_model=schemas.ObjectionList)
async def list_objections(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[Objection]]:
    await enter(db, actor, review_id)
    return {"items": await queries.objections_of(db, review_id)}


@router.post("/objections/{objection_id}/decision", summary="答复异议", response_model=schemas.ObjectionRead)
async def decide_objection(
    db: Db, actor: CurrentActor, objection_id: UUID, decision: schemas.ObjectionDecision, today: Today, now: Now
) -> Objection:
    return await service.decide(db, objection_id, decision, today=today, now=now, actor=actor)
