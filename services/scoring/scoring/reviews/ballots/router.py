from collections.abc import Sequence
from typing import Any
from uuid import UUID

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.routing import business_router, plain_router
from scoring.reviews.ballots import queries, rules, schemas, service
from scoring.reviews.ballots.models import Ballot, BallotState
from scoring.reviews.reviews.standing import enter, hidden_as

router = business_router(prefix="/api/v1/scoring/ballots", tags=["评:测评"])
anonymous_router = plain_router(prefix="/api/v1/scoring/ballots", tags=["评:测评"])


@router.post("", summary="开始一场测评", response_model=schemas.BallotRead, status_code=201)
async def open_ballot(db: Db, actor: CurrentActor, plan: schemas.BallotOpen, today: Today) -> Ballot:
    return await service.open_ballot(db, plan, today=today, actor=actor)


@router.get("", summary="测评列表", response_model=schemas.BallotList)
async def list_ballots(db: Db, actor: CurrentActor, review_id: UUID) -> dict[str, Sequence[Ballot]]:
    await enter(db, actor, review_id)
    return {"items": await queries.of_review(db, review_id)}


@router.post("/{ballot_id}/tokens", summary="登记投票凭证(每人一次)", response_model=schemas.VotingTokenRead)
async def register_voting_token(
    db: Db, actor: CurrentActor, ballot_id: UUID, given: schemas.VotingTokenRegister
) -> dict[str, bool]:
    token_hash = bytes.fromhex(given.token_hash)
    return {"has_vote": await service.register_token(db, ballot_id, token_hash, actor=actor)}


@anonymous_router.post(
    "/{ballot_id}/votes",
    summary="凭凭证匿名投票(不记名,凭证只能用一次)",
    response_model=schemas.VoteRead,
    status_code=201,
)
async def cast_vote(db: Db, ballot_id: UUID, vote: schemas.VoteCast) -> dict[str, Any]:
    return {"ballot_id": ballot_id, "accepted": await service.cast(db, ballot_id, vote.token, vote.choices)}


@router.post("/{ballot_id}/closure", summary="截止测评并计票", response_model=schemas.BallotRead)
async def close_ballot(db: Db, actor: CurrentActor, ballot_id: UUID, today: Today) -> Ballot:
    return await service.close(db, ballot_id, today=today, actor=actor)


@router.get("/{ballot_id}/results", summary="计票结果(截止后)", response_model=schemas.BallotResultList)
async def read_ballot_results(db: Db, actor: CurrentActor, ballot_id: UUID) -> dict[str, list[dict[str, Any]]]:
    ballot = await db.get(Ballot, ballot_id)
    if ballot is None:
        raise service.BallotNotFound
    with hidden_as(service.BallotNotFound):
        standing = await enter(db, actor, ballot.review_id)
    if ballot.state is BallotState.OPEN:
        return {"items": []}
    values, counted = service.grade_values(standing.cycle), await queries.tally(db, ballot_id)
    return {
        "items": [
            {"subject_id": one, "counts": counts, "score": rules.score(counts, values)}
            for one, counts in counted.items()
        ]
    }
