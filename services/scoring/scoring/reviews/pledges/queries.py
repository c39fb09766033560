from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reviews.pledges.models import Pledge, PledgeState
from scoring.reviews.reviews.models import ReviewSubject
from scoring.reviews.reviews.standing import Standing


def readable(standing: Standing) -> Select[Pledge]:
    """Everything for those who conduct the review; to others their own and the approved ones."""
    query = select(Pledge).where(Pledge.review_id == standing.review.id)
    if standing.conducts:
        return query
    own = {standing.person, *standing.reach.office_ids} - {None}
    return query.where(or_(Pledge.state == PledgeState.APPROVED, Pledge.subject_id.in_(own)))


def posted(review_id: UUID) -> Select[Pledge, str]:
    return (
        select(Pledge, ReviewSubject.name)
        .join(
            ReviewSubject,
            (ReviewSubject.review_id == Pledge.review_id) & (ReviewSubject.subject_id == Pledge.subject_id),
        )
        .where(Pledge.review_id == review_id, Pledge.state == PledgeState.APPROVED)
        .order_by(Pledge.subject_id, Pledge.position)
    )


async def of_subject(db: AsyncSession, review_id: UUID, subject_id: UUID) -> Sequence[Pledge]:
    query = select(Pledge).where(Pledge.review_id == review_id, Pledge.subject_id == subject_id)
    return (await db.scalars(query.order_by(Pledge.position).with_for_update())).all()
