from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reviews.access.models import ReviewSubject, StepRecord
from scoring.reviews.cycles.rules import State


async def subjects_of(db: AsyncSession, review_id: UUID) -> Sequence[ReviewSubject]:
    query = select(ReviewSubject).where(ReviewSubject.review_id == review_id).order_by(ReviewSubject.subject_id)
    return (await db.scalars(query)).all()


async def entered_on(db: AsyncSession, review_id: UUID, state: State) -> date | None:
    """The day the review came to this step last."""
    query = select(StepRecord.occurred_on).where(StepRecord.review_id == review_id, StepRecord.to_state == state)
    return await db.scalar(query.order_by(StepRecord.position.desc()).limit(1))
