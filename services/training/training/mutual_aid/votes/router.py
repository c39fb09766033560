from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router, plain_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.voiding import VoidCreate
from training.mutual_aid.votes import models, service
from training.mutual_aid.votes.schemas import (
    ServiceBallot,
    ServiceCandidateListing,
    ServiceCandidateRead,
    ServiceVoteCreate,
    ServiceVoteListing,
    ServiceVoteRead,
    TieDecision,
    VoteId,
)
from training.mutual_aid.votes.service import CANDIDATES, VOTES

router = business_router("/api/v1/training", ["互助服务"])
ballots = plain_router("/api/v1/training", ["互助服务"])  # a key would keep a hash of the choice beside the voter
Wanted = Annotated[ServiceVoteListing, Depends(query_of(ServiceVoteListing))]
WantedCandidates = Annotated[ServiceCandidateListing, Depends(query_of(ServiceCandidateListing))]


@router.get("/service-votes", summary="互助项目投票")
async def list_service_votes(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ServiceVoteRead]:
    return await VOTES.page(db, actor, wanted)


@router.get("/service-votes/export", summary="导出互助项目投票", response_class=Response, responses=FILE_ANSWER)
async def export_service_votes(wanted: Wanted, to: ExportTo) -> Response:
    return await VOTES.export(wanted, to)


@router.get("/service-votes/{service_vote_id}", summary="投票详情")
async def read_service_vote(
    service_vote_id: VoteId, db: Db, actor: CurrentActor, response: Response
) -> ServiceVoteRead:
    return await VOTES.show(db, actor, service_vote_id, response)


@router.post("/service-votes", summary="发起互助项目投票", status_code=status.HTTP_201_CREATED)
async def create_service_vote(
    body: ServiceVoteCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ServiceVoteRead:
    return await VOTES.answer(db, await service.open_vote(db, body, actor=actor, today=today), response)


@ballots.post("/service-votes/{service_vote_id}/ballots", summary="投票(一人一票,不记所选)", status_code=201)
async def cast_service_ballot(
    *, service_vote_id: VoteId, body: ServiceBallot, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ServiceVoteRead:
    vote = await VOTES.require(db, actor, service_vote_id, lock=True)
    voted = await service.cast(db, vote, body.service_item_ids, actor=actor, today=today)
    return await VOTES.answer(db, voted, response)


@router.post("/service-votes/{service_vote_id}/closure", summary="计票,前几项成为固定项目", status_code=201)
async def close_service_vote(
    *, service_vote_id: VoteId, db: Db, actor: CurrentActor, today: Today, if_match: IfMatch, response: Response
) -> ServiceVoteRead:
    vote = await VOTES.require(db, actor, service_vote_id, if_match=if_match)
    return await VOTES.answer(db, await service.close(db, vote, actor=actor, today=today), response)


@router.post("/service-votes/{service_vote_id}/tie-decision", summary="议定末位并列的项目", status_code=201)
async def decide_service_tie(
    *, service_vote_id: VoteId, body: TieDecision, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ServiceVoteRead:
    vote = await VOTES.require(db, actor, service_vote_id, if_match=if_match)
    return await VOTES.answer(db, await service.decide_tie(db, vote, body, actor=actor), response)


@router.post("/service-votes/{service_vote_id}/void", summary="作废误发起的投票(视为从未有过,记录保留)")
async def void_service_vote(
    *, service_vote_id: VoteId, body: VoidCreate, db: Db, actor: CurrentActor, if_match: IfMatch, response: Response
) -> ServiceVoteRead:
    vote = await VOTES.require(db, actor, service_vote_id, if_match=if_match)
    return await VOTES.answer(db, await service.void(db, vote, body.reason, actor=actor), response)


@router.get("/service-votes/{service_vote_id}/history", summary="投票的变更历史")
async def read_service_vote_history(
    service_vote_id: VoteId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await VOTES.history(db, actor, service_vote_id, page)


@router.get("/service-candidates", summary="参加投票的项目、得票与提供人员")
async def list_service_candidates(wanted: WantedCandidates, db: Db, actor: CurrentActor) -> Page[ServiceCandidateRead]:
    return await CANDIDATES.page(db, actor, wanted)


@router.get(
    "/service-candidates/export", summary="导出投票结果与提供人员", response_class=Response, responses=FILE_ANSWER
)
async def export_service_candidates(wanted: WantedCandidates, to: ExportTo) -> Response:
    return await CANDIDATES.export(wanted, to)


DOMAIN = Domain(routers=[router, ballots], tables=models)
