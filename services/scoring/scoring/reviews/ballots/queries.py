from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, Select, cast, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from roster.models import Post
from roster.queries import held_on, member_ids, members_of
from roster.rules import FORMAL
from scoring.reviews.access.models import ReviewSubject
from scoring.reviews.ballots.models import Ballot, BallotCount, BallotKind, VotingToken
from scoring.reviews.ballots.rules import Grade

COLUMNS = {
    Grade.EXCELLENT: BallotCount.excellent,
    Grade.QUALIFIED: BallotCount.qualified,
    Grade.BASIC: BallotCount.basic,
    Grade.UNQUALIFIED: BallotCount.unqualified,
}


async def members_as_voters(db: AsyncSession, organization_id: UUID, day: date) -> list[tuple[UUID, UUID | None, bool]]:
    """Voter, own subject, has a vote: the members of a branch, that day, probationary ones without a vote."""
    people = await db.execute(members_of(organization_id, day))
    return [(one, one, stage == FORMAL) for one, stage in people]


async def officers_as_voters(
    db: AsyncSession, organization_id: UUID, review_id: UUID, day: date
) -> list[tuple[UUID, UUID | None, bool]]:
    """Those in office in the reviewing organisation and in the organisations under review, once a person."""
    reviewed = select(ReviewSubject.subject_id).where(ReviewSubject.review_id == review_id)
    query = select(Post.member_id, Post.organization_id).where(
        Post.member_id.in_(member_ids(day)),
        held_on(day),
        or_(Post.organization_id == organization_id, Post.organization_id.in_(reviewed)),
    )
    voters: dict[UUID, UUID | None] = {}
    for member_id, office in await db.execute(query):
        if member_id is not None:
            own = None if office == organization_id else office
            voters[member_id] = voters.get(member_id) or own
    return [(member_id, own, True) for member_id, own in voters.items()]


async def graded_subjects(db: AsyncSession, review_id: UUID) -> set[UUID]:
    query = select(ReviewSubject.subject_id).where(ReviewSubject.review_id == review_id, ReviewSubject.is_graded)
    return set(await db.scalars(query))


def counted_ballots(review_id: UUID, kind: BallotKind) -> Select[UUID]:
    """Closed validly, and not reopened by the superior: while there is one, no other may be opened."""
    valid = select(Ballot.id).where(Ballot.review_id == review_id, Ballot.kind == kind, Ballot.is_valid)
    return valid.where(Ballot.reopened_on.is_(None))


async def tally(db: AsyncSession, ballot_id: UUID) -> Mapping[UUID, Mapping[Grade, int]]:
    query = select(BallotCount.subject_id, *COLUMNS.values()).where(BallotCount.ballot_id == ballot_id)
    rows = await db.execute(query.order_by(BallotCount.subject_id))
    return {subject_id: dict(zip(COLUMNS, counts, strict=True)) for subject_id, *counts in rows}


async def add_vote(db: AsyncSession, ballot_id: UUID, grades: Mapping[UUID, Grade]) -> None:
    """Rewrites every counter of the ballot, also those this vote leaves as they are."""
    given = {
        column.key: column + cast(BallotCount.subject_id.in_([one for one in grades if grades[one] is grade]), Integer)
        for grade, column in COLUMNS.items()
    }
    counted = update(BallotCount).where(BallotCount.ballot_id == ballot_id).values(given)
    await db.execute(counted.execution_options(synchronize_session=False))


async def is_unspent(db: AsyncSession, ballot_id: UUID, token_hash: bytes) -> bool:
    token = exists().where(VotingToken.token_hash == token_hash, VotingToken.ballot_id == ballot_id)
    return bool(await db.scalar(select(token)))


async def names_of(db: AsyncSession, review_id: UUID) -> dict[UUID, str]:
    query = select(ReviewSubject.subject_id, ReviewSubject.name).where(ReviewSubject.review_id == review_id)
    return dict((await db.execute(query)).all())


async def reopen_all(db: AsyncSession, review_id: UUID, *, reason: str, today: date, by: UUID) -> None:
    """The superior took the review back to the step of its ballots: each may be held again."""
    standing = update(Ballot).where(Ballot.review_id == review_id, Ballot.is_valid, Ballot.reopened_on.is_(None))
    await db.execute(
        standing.values(reopened_on=today, reopened_by=by, reopening_reason=reason, version=Ballot.version + 1)
    )
