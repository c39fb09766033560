from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reviews.access.service import ReviewAccess
from scoring.reviews.pledges.models import Pledge, PledgeState


def readable(access: ReviewAccess) -> ColumnElement[bool]:
    """Everything for those who conduct the review; to others their own and the approved ones."""
    if access.conducts:
        return true()
    own = {access.actor.person, *access.actor.office_ids} - {None}
    return or_(Pledge.state == PledgeState.APPROVED, Pledge.subject_id.in_(own))


async def of_subject(db: AsyncSession, review_id: UUID, subject_id: UUID) -> Sequence[Pledge]:
    query = select(Pledge).where(Pledge.review_id == review_id, Pledge.subject_id == subject_id)
    return (await db.scalars(query.order_by(Pledge.position).with_for_update())).all()
