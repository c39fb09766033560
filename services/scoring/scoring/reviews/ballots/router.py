from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import KitRoute, business_router, router_of
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from scoring.reviews.ballots import models, service
from scoring.reviews.ballots.schemas import (
    BallotListing,
    BallotOpen,
    BallotRead,
    BallotReopening,
    BallotResult,
    VoteCast,
    VoteRead,
    VotingTokenRead,
    VotingTokenRegister,
)
from scoring.reviews.ballots.service import BALLOTS, CONSTRAINTS


class VoteRoute(KitRoute):
    """One vote judges up to 2,000 subjects."""

    largest_body = 256 * 1024


router = business_router(prefix="/api/v1/scoring/ballots", tags=["评:测评"])
anonymous_router = router_of(VoteRoute, "/api/v1/scoring/ballots", ["评:测评"])
Wanted = Annotated[BallotListing, Depends(query_of(BallotListing))]


@router.post("", summary="开始一场测评", status_code=status.HTTP_201_CREATED)
async def open_ballot(body: BallotOpen, db: Db, actor: CurrentActor, today: Today, response: Response) -> BallotRead:
    return await BALLOTS.answer(db, await service.open_ballot(db, body, today=today, actor=actor), response)


@router.get("", summary="测评列表")
async def list_ballots(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[BallotRead]:
    return await BALLOTS.page(db, actor, wanted)


@router.get("/export", summary="导出测评", response_class=Response, responses=FILE_ANSWER)
async def export_ballots(wanted: Wanted, to: ExportTo) -> Response:
    return await BALLOTS.export(wanted, to)


@router.post("/{ballot_id}/tokens", summary="登记投票凭证(每人一次)")
async def register_voting_token(
    ballot_id: UUID, body: VotingTokenRegister, db: Db, actor: CurrentActor
) -> VotingTokenRead:
    token_hash = bytes.fromhex(body.token_hash)
    return VotingTokenRead(has_vote=await service.register_token(db, ballot_id, token_hash, actor=actor))


@anonymous_router.post(
    "/{ballot_id}/votes", summary="凭凭证匿名投票(不记名,凭证只能用一次)", status_code=status.HTTP_201_CREATED
)
async def cast_vote(ballot_id: UUID, body: VoteCast, db: Db) -> VoteRead:
    return VoteRead(ballot_id=ballot_id, accepted=await service.cast(db, ballot_id, body.token, body.choices))


@router.post("/{ballot_id}/closure", summary="截止测评并计票")
async def close_ballot(
    ballot_id: UUID, db: Db, actor: CurrentActor, if_match: IfMatch, today: Today, response: Response
) -> BallotRead:
    ballot = await service.close(db, ballot_id, today=today, actor=actor, if_match=if_match)
    return await BALLOTS.answer(db, ballot, response)


@router.post("/{ballot_id}/reopening", summary="准予重新测评(上级党组织)", status_code=status.HTTP_201_CREATED)
async def reopen_ballot(
    *,
    ballot_id: UUID,
    body: BallotReopening,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    today: Today,
    now: Now,
    response: Response,
) -> BallotRead:
    ballot = await service.reopen(db, ballot_id, body.reason, today=today, now=now, actor=actor, if_match=if_match)
    return await BALLOTS.answer(db, ballot, response)


@router.get("/{ballot_id}/results", summary="计票结果(截止后)")
async def read_ballot_results(ballot_id: UUID, db: Db, actor: CurrentActor) -> Page[BallotResult]:
    return Page[BallotResult](items=await service.results(db, ballot_id, actor=actor))


@router.get("/{ballot_id}/history", summary="测评的变更历史")
async def read_ballot_history(ballot_id: UUID, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await BALLOTS.history(db, actor, ballot_id, page)


DOMAIN = Domain(routers=[router, anonymous_router], tables=models, constraint_errors=CONSTRAINTS)
