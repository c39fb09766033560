from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kit import etags
from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.paging import PageOf, paginate
from kit.routing import business_router
from scoring.actors import reach_of
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews import queries, schemas, service, standing
from scoring.reviews.reviews.models import Review

router = business_router(prefix="/api/v1/scoring/reviews", tags=["评议"])


@router.post("", summary="启动本组织的评议", response_model=schemas.ReviewRead, status_code=201)
async def open_review(
    db: Db, actor: CurrentActor, plan: schemas.ReviewOpen, today: Today, now: Now, response: Response
) -> Review:
    review = await service.open_review(db, plan, today=today, now=now, actor=actor)
    etags.tag(response, review)
    return review


@router.get("", summary="评议列表", response_model=schemas.ReviewList)
async def list_reviews(
    db: Db,
    actor: CurrentActor,
    page: PageOf,
    cycle_id: Annotated[UUID | None, Query(description="评议年度")] = None,
    organization_id: Annotated[UUID | None, Query(description="组织评议的党组织")] = None,
    state: Annotated[list[State] | None, Query(description="所处步骤")] = None,
) -> dict[str, object]:
    query = standing.visible_reviews(await reach_of(db, actor)).with_only_columns(Review)
    if cycle_id is not None:
        query = query.where(Review.cycle_id == cycle_id)
    if organization_id is not None:
        query = query.where(Review.organization_id == organization_id)
    if state:
        query = query.where(Review.state.in_(state))
    found = await paginate(db, query.order_by(Review.id), page)
    return {"items": found.items, "next": found.next}


@router.get("/{review_id}/subjects", summary="评议对象(启动时确定)", response_model=schemas.SubjectList)
async def list_review_subjects(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, object]:
    await standing.enter(db, actor, review_id)
    return {"items": await queries.subjects_of(db, review_id)}


@router.get("/{review_id}/history", summary="评议各步骤的办理记录", response_model=schemas.StepRecordList)
async def read_review_history(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, object]:
    await standing.enter(db, actor, review_id)
    return {"items": await queries.history_of(db, review_id)}
