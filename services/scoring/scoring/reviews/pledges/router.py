from collections.abc import Sequence
from uuid import UUID

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router
from scoring.reviews.pledges import queries, schemas, service
from scoring.reviews.pledges.models import Pledge, PledgeExemption
from scoring.reviews.reviews.standing import enter

router = business_router(prefix="/api/v1/scoring", tags=["诺:公开承诺"])


@router.post("/pledges", summary="提交承诺", response_model=schemas.PledgeList, status_code=201)
async def submit_pledges(
    db: Db, actor: CurrentActor, offer: schemas.PledgeSubmit, today: Today
) -> dict[str, Sequence[Pledge]]:
    return {"items": await service.submit(db, offer, today=today, actor=actor)}


@router.get("/pledges", summary="承诺列表(未审定的只有本人和组织者可见)", response_model=schemas.PledgeList)
async def list_pledges(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[Pledge]]:
    query = queries.readable(await enter(db, actor, review_id))
    return {"items": (await db.scalars(query.order_by(Pledge.subject_id, Pledge.position))).all()}


@router.get("/posted-pledges", summary="承诺公示栏(只列已审定的)", response_model=schemas.PledgePostedList)
async def list_posted_pledges(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, list[dict[str, object]]]:
    await enter(db, actor, review_id)
    found = await db.execute(queries.posted(review_id))
    fields = ("id", "subject_id", "position", "content", "decided_on", "fulfilment")
    return {"items": [{"name": name, **{one: getattr(pledge, one) for one in fields}} for pledge, name in found]}


@router.post("/pledges/{pledge_id}/decision", summary="审定一项承诺", response_model=schemas.PledgeRead)
async def decide_pledge(
    db: Db, actor: CurrentActor, pledge_id: UUID, decision: schemas.PledgeDecision, today: Today
) -> Pledge:
    return await service.decide(db, pledge_id, decision, today=today, actor=actor)


@router.post("/pledges/{pledge_id}/rating", summary="年底评定兑现情况", response_model=schemas.PledgeRead)
async def rate_pledge(
    db: Db, actor: CurrentActor, pledge_id: UUID, rating: schemas.PledgeRating, today: Today
) -> Pledge:
    return await service.rate(db, pledge_id, rating, today=today, actor=actor)


@router.post("/pledge-exemptions", summary="登记免承诺", response_model=schemas.ExemptionRead, status_code=201)
async def exempt_from_pledges(
    db: Db, actor: CurrentActor, record: schemas.ExemptionRecord, today: Today
) -> PledgeExemption:
    return await service.exempt(db, record, today=today, actor=actor)
