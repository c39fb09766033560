import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.steps import StepKind
from scoring.reviews.access.registers import ReviewRegister, everybody, review_name
from scoring.reviews.access.rules import CLOSE_BALLOT, OPEN_BALLOT, REOPEN_BALLOT
from scoring.reviews.access.service import (
    NotPublished,
    ReviewAccess,
    enter,
    enter_for,
    hidden_as,
    record_step,
)
from scoring.reviews.ballots import queries, rules
from scoring.reviews.ballots.events import BallotClosed, BallotFacts, BallotOpened, BallotReopened, BallotScore
from scoring.reviews.ballots.models import Ballot, BallotCount, BallotKind, BallotState, BallotVoter, VotingToken
from scoring.reviews.ballots.rules import Grade
from scoring.reviews.ballots.schemas import BallotOpen, BallotRead, BallotResult, Choice
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.cycles.rules import is_withheld
from scoring.rounding import as_told
from scoring.subjects import SubjectKind


class BallotNotFound(problems.NotFound):
    code = "ballot-not-found"
    detail = "没有找到这场测评,或您不在参加人之列"


class BallotIsOpen(problems.Conflict):
    code = "ballot-open"
    detail = "同类测评正在进行"


class BallotCounts(problems.Conflict):
    code = "ballot-counts"
    detail = "同类测评已有有效结果,不能再次测评;确需重新测评的,由上级党组织说明理由后准予"


class BallotDoesNotCount(problems.Conflict):
    code = "ballot-does-not-count"
    detail = "只有有效且尚未准予重新测评的测评,才能准予重新测评"


class BallotIsClosed(problems.Conflict):
    code = "ballot-closed"
    detail = "测评已经截止"


class NobodyMayVote(problems.Conflict):
    code = "nobody-may-vote"
    detail = "没有具有表决权的参加人"


class AlreadyVoted(problems.Conflict):
    code = "already-voted"
    detail = "每人一票,您已登记过投票凭证"


class TokenTaken(problems.Conflict):
    code = "voting-token-taken"
    detail = "这份投票凭证不能使用,请重新生成一份"


class TokenNotValid(problems.Conflict):
    code = "voting-token-not-valid"
    detail = "投票凭证无效或已使用"


class ChoicesNotValid(problems.Unprocessable):
    code = "choices-not-valid"
    detail = "须对每名参评对象各评一次,不评本人,不评预备党员"


class TooManyExcellent(problems.Unprocessable):
    code = "too-many-excellent"
    detail = "“优秀”不得超过参评对象的三分之一(最多 {most} 名)"


CONSTRAINTS: dict[str, type[problems.Problem]] = {"uq_ballots_open": BallotIsOpen, "pk_voting_tokens": TokenTaken}

BALLOTS = ReviewRegister(
    "测评",
    Ballot,
    BallotRead,
    BallotNotFound,
    everybody,
    derived={"review_name": review_name(Ballot.review_id)},
)


async def open_ballot(db: AsyncSession, plan: BallotOpen, *, today: date, actor: Actor) -> Ballot:
    """Electorate and counters are fixed at opening; who comes later has no vote in this ballot."""
    access = await enter_for(db, actor, plan.review_id, OPEN_BALLOT)
    if await db.scalar(queries.counted_ballots(plan.review_id, plan.kind)):
        raise BallotCounts
    voters = await _electorate(db, access, today)
    entitled = sum(has_vote for _, _, has_vote in voters)
    if entitled == 0:
        raise NobodyMayVote
    review = access.review
    ballot = Ballot(
        root_id=review.root_id, review_id=review.id, kind=plan.kind, opened_on=today, votes_entitled=entitled
    )
    db.add(ballot)
    await db.flush()
    rows = [
        {
            "ballot_id": ballot.id,
            "member_id": member_id,
            "root_id": review.root_id,
            "own_subject_id": own,
            "has_vote": has_vote,
        }
        for member_id, own, has_vote in voters
    ]
    await db.execute(insert(BallotVoter), rows)
    graded = await queries.graded_subjects(db, review.id)
    db.add_all(BallotCount(ballot_id=ballot.id, subject_id=one, root_id=review.root_id) for one in sorted(graded))
    await db.flush()
    opened = BallotOpened(
        ballot_id=ballot.id,
        review_id=review.id,
        kind=ballot.kind,
        subject_kind=access.cycle.subject_kind,
        opened_on=today,
        votes_entitled=entitled,
    )
    await _record(db, opened, ballot, access, actor)
    return ballot


async def _electorate(db: AsyncSession, access: ReviewAccess, today: date) -> list[tuple[UUID, UUID | None, bool]]:
    review = access.review
    if access.cycle.subject_kind is SubjectKind.MEMBER:
        return await queries.members_as_voters(db, review.organization_id, today)
    return await queries.officers_as_voters(db, review.organization_id, review.id, today)


async def register_token(db: AsyncSession, ballot_id: UUID, token_hash: bytes, *, actor: Actor) -> bool:
    """One token a person, known here by its hash only; whether the person has a vote.

    A probationary member's part is recorded and earns no vote. Nothing joins the person to the hash, so a repeat is
    known by an unspent token of that hash.
    """
    voter = None
    if actor.person is not None:
        voter = await db.get(BallotVoter, (ballot_id, actor.person), with_for_update=True)
    ballot = await db.get(Ballot, ballot_id, with_for_update={"read": True})
    if voter is None or ballot is None:
        raise BallotNotFound
    if ballot.state is BallotState.CLOSED:
        raise BallotIsClosed
    if voter.has_taken_part:
        if voter.has_vote and not await queries.is_unspent(db, ballot_id, token_hash):
            raise AlreadyVoted
        return voter.has_vote
    voter.has_taken_part = True
    if voter.has_vote:
        token = VotingToken(
            token_hash=token_hash, ballot_id=ballot_id, root_id=ballot.root_id, own_subject_id=voter.own_subject_id
        )
        db.add(token)
    await db.flush()
    return voter.has_vote


def digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def cast(db: AsyncSession, ballot_id: UUID, token: str, choices: Sequence[Choice]) -> int:
    """Nothing of the caller is known here: the token is spent and its choices are added to the counters.

    The ballot is locked before the token, as closing does; only the holder of a token gets that far.
    """
    if not await queries.is_unspent(db, ballot_id, digest(token)):
        raise TokenNotValid
    ballot = await db.scalar(select(Ballot).where(Ballot.id == ballot_id).with_for_update())
    spent = delete(VotingToken).where(VotingToken.token_hash == digest(token), VotingToken.ballot_id == ballot_id)
    row = (await db.execute(spent.returning(VotingToken.own_subject_id))).first()
    if ballot is None or row is None:
        raise TokenNotValid
    graded = set(await queries.tally(db, ballot_id))
    check_choices(choices, graded - {row.own_subject_id}, len(graded))
    await queries.add_vote(db, ballot_id, {one.subject_id: one.grade for one in choices})
    counted = update(Ballot).where(Ballot.id == ballot_id).values(votes_cast=Ballot.votes_cast + 1)
    await db.execute(counted.execution_options(synchronize_session=False))
    return len(choices)


def check_choices(choices: Sequence[Choice], expected: set[UUID], graded_subjects: int) -> None:
    chosen = [one.subject_id for one in choices]
    if len(chosen) != len(expected) or set(chosen) != expected:
        raise ChoicesNotValid
    if rules.has_too_many_excellent([one.grade for one in choices], graded_subjects):
        raise TooManyExcellent(most=rules.most_excellent(graded_subjects))


async def results(db: AsyncSession, ballot_id: UUID, *, actor: Actor) -> list[BallotResult]:
    ballot = await db.get(Ballot, ballot_id)
    if ballot is None:
        raise BallotNotFound
    with hidden_as(BallotNotFound):
        access = await enter(db, actor, ballot.review_id)
    if ballot.state is BallotState.OPEN:
        return []
    if not access.sees_results:
        raise NotPublished
    names = await queries.names_of(db, ballot.review_id)
    counted = await queries.tally(db, ballot_id)
    return [_result(one, names[one], counts, access.cycle) for one, counts in counted.items()]


def _result(subject_id: UUID, name: str, counts: Mapping[Grade, int], cycle: Cycle) -> BallotResult:
    """Nothing is told of a subject with fewer votes than would hide who gave which (rules §7)."""
    few = is_withheld(counts.values(), cycle.fewest_answers)
    return BallotResult(
        subject_id=subject_id,
        subject_name=name,
        is_withheld=few,
        counts=None if few else dict(counts),
        score=None if few else rules.score(counts, grade_values(cycle)),
    )


async def close(db: AsyncSession, ballot_id: UUID, *, today: date, actor: Actor, if_match: int) -> Ballot:
    ballot, access = await BALLOTS.take(db, actor, ballot_id, CLOSE_BALLOT, if_match=if_match)
    if ballot.state is BallotState.CLOSED:
        raise BallotIsClosed
    ballot.state, ballot.closed_on = BallotState.CLOSED, today
    ballot.is_valid = rules.is_valid(ballot.votes_cast, ballot.votes_entitled)
    await db.execute(delete(VotingToken).where(VotingToken.ballot_id == ballot_id))
    await db.flush()
    await _record_closed(db, ballot, access, actor)
    return ballot


async def reopen(
    db: AsyncSession, ballot_id: UUID, reason: str, *, today: date, now: datetime, actor: Actor, if_match: int
) -> Ballot:
    """The superior permits another ballot of the kind, once; this one counts until that one is closed validly."""
    ballot, access = await BALLOTS.take(db, actor, ballot_id, REOPEN_BALLOT, if_match=if_match)
    if not ballot.is_valid or ballot.reopened_on is not None:
        raise BallotDoesNotCount
    ballot.reopened_on, ballot.reopened_by, ballot.reopening_reason = today, actor.subject, reason
    await db.flush()
    output = {"ballot_id": str(ballot.id)}
    review, left = access.review, access.review.state
    await record_step(
        db, review, kind=StepKind.REOPENED, left=left, output=output, today=today, now=now, actor=actor, reason=reason
    )
    reopened = BallotReopened(
        ballot_id=ballot.id,
        version=ballot.version,
        review_id=review.id,
        kind=ballot.kind,
        reopened_on=today,
        reason=reason,
    )
    await _record(db, reopened, ballot, access, actor)
    return ballot


async def _record_closed(db: AsyncSession, ballot: Ballot, access: ReviewAccess, actor: Actor) -> None:
    """Only a mutual ballot tells scores: they earn points. A democratic one is a part of the composite (rules §8)."""
    results: list[BallotScore] = []
    if ballot.is_valid and ballot.kind is BallotKind.MUTUAL:
        values = grade_values(access.cycle)
        counted = await queries.tally(db, ballot.id)
        fewest = access.cycle.fewest_answers
        scored = {
            subject_id: rules.mean(counts, values)
            for subject_id, counts in counted.items()
            if not is_withheld(counts.values(), fewest)
        }
        results = [BallotScore(subject_id=one, score=as_told(mean)) for one, mean in scored.items() if mean is not None]
    facts = BallotFacts.model_validate(ballot).model_dump()
    closed = BallotClosed(**facts, ballot_id=ballot.id, subject_kind=access.cycle.subject_kind, results=results)
    await _record(db, closed, ballot, access, actor)


async def _record(db: AsyncSession, payload: Payload, ballot: Ballot, access: ReviewAccess, actor: Actor) -> None:
    await record_event(
        db, payload, subject=ballot.id, version=ballot.version, root_id=ballot.root_id, path=access.path, actor=actor
    )


def grade_values(cycle: Cycle) -> dict[Grade, int]:
    values = (cycle.grade_excellent, cycle.grade_qualified, cycle.grade_basic, cycle.grade_unqualified)
    return dict(zip(Grade, values, strict=True))
