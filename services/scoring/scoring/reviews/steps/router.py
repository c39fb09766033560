from uuid import UUID

from fastapi import Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.etags import IfMatch
from kit.routing import business_router
from scoring.reviews.cycles.schemas import CycleRead
from scoring.reviews.cycles.service import answer
from scoring.reviews.reviews.standing import enter
from scoring.reviews.steps import service
from scoring.reviews.steps.schemas import Advance, Progress, Reopening, ReviewDetail

router = business_router(prefix="/api/v1/scoring", tags=["评议"])


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
    standing = await service.advance(db, review_id, body.to, today=today, now=now, actor=actor, if_match=if_match)
    return await service.detail(db, standing, response, today=today)


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
    standing = await service.reopen(
        db, review_id, body.to, body.reason, today=today, now=now, actor=actor, if_match=if_match
    )
    return await service.detail(db, standing, response, today=today)


@router.get("/cycles/{cycle_id}/progress", summary="各步骤的评议数(上级看进度)")
async def read_cycle_progress(cycle_id: UUID, db: Db, actor: CurrentActor) -> Progress:
    return await service.progress(db, cycle_id, actor=actor)


@router.post("/cycles/{cycle_id}/closure", summary="办结一个年度的评议")
async def close_cycle(
    *, cycle_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, now: Now, response: Response
) -> CycleRead:
    return await answer(db, await service.close_cycle(db, cycle_id, now=now, actor=actor, if_match=if_match), response)
