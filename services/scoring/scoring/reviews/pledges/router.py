from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.columns import shown
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.access.service import enter, subject_of
from scoring.reviews.pledges import models, queries, service
from scoring.reviews.pledges.models import Pledge
from scoring.reviews.pledges.schemas import (
    ExemptionRead,
    ExemptionRecord,
    PledgeDecision,
    PledgeListing,
    PledgePosted,
    PledgeRating,
    PledgeRead,
    PledgeSubmit,
    PostedPledgeListing,
    SubmittedPledges,
)
from scoring.reviews.pledges.service import CONSTRAINTS, IS_POSTED, PLEDGES, POSTED

router = business_router(prefix="/api/v1/scoring", tags=["诺:公开承诺"])
Wanted = Annotated[PledgeListing, Depends(query_of(PledgeListing))]
WantedPosted = Annotated[PostedPledgeListing, Depends(query_of(PostedPledgeListing))]


@router.post("/pledges", summary="提交承诺", status_code=status.HTTP_201_CREATED)
async def submit_pledges(body: PledgeSubmit, db: Db, actor: CurrentActor, today: Today) -> SubmittedPledges:
    given = [one.id for one in await service.submit(db, body, today=today, actor=actor)]
    rows = await db.execute(PLEDGES.rows().where(Pledge.id.in_(given)).order_by(Pledge.position))
    return SubmittedPledges(items=[shown(PledgeRead, row) for row in rows])


@router.get("/pledges", summary="承诺列表(未审定的只有本人和组织者可见)")
async def list_pledges(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[PledgeRead]:
    readable = queries.readable(await enter(db, actor, wanted.review_id))
    return await PLEDGES.page_of(db, PLEDGES.rows().where(readable), wanted)


@router.get("/pledges/export", summary="导出承诺", response_class=Response, responses=FILE_ANSWER)
async def export_pledges(wanted: Wanted, to: ExportTo) -> Response:
    readable = queries.readable(await enter(to.db, to.actor, wanted.review_id))
    return await PLEDGES.export_of(PLEDGES.rows().where(readable), wanted, to)


@router.get("/posted-pledges", summary="承诺公示栏(只列已审定的)")
async def list_posted_pledges(wanted: WantedPosted, db: Db, actor: CurrentActor) -> Page[PledgePosted]:
    await enter(db, actor, wanted.review_id)
    return await POSTED.page_of(db, POSTED.rows().where(IS_POSTED), wanted)


@router.get("/posted-pledges/export", summary="导出承诺公示栏", response_class=Response, responses=FILE_ANSWER)
async def export_posted_pledges(wanted: WantedPosted, to: ExportTo) -> Response:
    await enter(to.db, to.actor, wanted.review_id)
    return await POSTED.export_of(POSTED.rows().where(IS_POSTED), wanted, to)


@router.post("/pledges/{pledge_id}/decision", summary="审定一项承诺", status_code=status.HTTP_201_CREATED)
async def decide_pledge(
    *,
    pledge_id: UUID,
    body: PledgeDecision,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> PledgeRead:
    pledge = await service.decide(db, pledge_id, body, today=today, actor=actor, if_match=if_match)
    return await PLEDGES.answer(db, pledge, response)


@router.post("/pledges/{pledge_id}/rating", summary="年底评定兑现情况", status_code=status.HTTP_201_CREATED)
async def rate_pledge(
    *,
    pledge_id: UUID,
    body: PledgeRating,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    response: Response,
) -> PledgeRead:
    pledge = await service.rate(db, pledge_id, body, today=today, actor=actor, if_match=if_match)
    return await PLEDGES.answer(db, pledge, response)


@router.post("/pledge-exemptions", summary="登记免承诺", status_code=status.HTTP_201_CREATED)
async def exempt_from_pledges(body: ExemptionRecord, db: Db, actor: CurrentActor, today: Today) -> ExemptionRead:
    exemption = await service.exempt(db, body, today=today, actor=actor)
    subject = await subject_of(db, exemption.review_id, exemption.subject_id)
    return ExemptionRead(**body.model_dump(), subject_name=subject.name, recorded_on=exemption.recorded_on)


@router.get("/pledges/{pledge_id}/history", summary="承诺的变更历史")
async def read_pledge_history(pledge_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await PLEDGES.history(db, actor, pledge_id, page)


DOMAIN = Domain(routers=[router], tables=models, constraint_errors=CONSTRAINTS)
