from typing import Any
from uuid import UUID

from fastapi import Response

from kit import etags
from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.schemas import CycleRead
from scoring.reviews.reviews.standing import enter
from scoring.reviews.steps import schemas, service

router = business_router(prefix="/api/v1/scoring", tags=["评议"])


@router.get("/reviews/{review_id}", summary="评议:所处步骤、权限、期限、尚缺事项", response_model=schemas.ReviewDetail)
async def read_review(db: Db, actor: CurrentActor, review_id: UUID, today: Today, response: Response) -> dict[str, Any]:
    standing = await enter(db, actor, review_id)
    etags.tag(response, standing.review)
    return await service.detail(db, standing, today=today)


@router.post("/reviews/{review_id}/advance", summary="推进到下一步", response_model=schemas.ReviewDetail)
async def advance_review(
    db: Db, actor: CurrentActor, review_id: UUID, wish: schemas.Advance, today: Today, now: Now
) -> dict[str, Any]:
    standing = await service.advance(db, review_id, wish.to, today=today, now=now, actor=actor)
    return await service.detail(db, standing, today=today)


@router.post("/reviews/{review_id}/reopen", summary="退回到较早的步骤(上级党组织)", response_model=schemas.ReviewDetail)
async def reopen_review(
    db: Db, actor: CurrentActor, review_id: UUID, wish: schemas.Reopening, today: Today, now: Now
) -> dict[str, Any]:
    standing = await service.reopen(db, review_id, wish.to, wish.reason, today=today, now=now, actor=actor)
    return await service.detail(db, standing, today=today)


@router.get("/cycles/{cycle_id}/progress", summary="各步骤的评议数(上级看进度)", response_model=schemas.Progress)
async def read_cycle_progress(db: Db, actor: CurrentActor, cycle_id: UUID) -> dict[str, Any]:
    return await service.progress(db, cycle_id, actor=actor)


@router.post("/cycles/{cycle_id}/closure", summary="办结一个年度的评议", response_model=CycleRead)
async def close_cycle(db: Db, actor: CurrentActor, cycle_id: UUID, now: Now) -> Cycle:
    return await service.close_cycle(db, cycle_id, now=now, actor=actor)
