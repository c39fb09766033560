from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, any_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.points.indicators.models import Indicator
from scoring.reviews.access.models import Review
from scoring.reviews.cycles.models import Cycle
from scoring.reviews.notices.models import Notice, NoticeState, Objection, ObjectionState

CURRENT = (NoticeState.RUNNING, NoticeState.STOPPED)


async def current_notice(db: AsyncSession, review_id: UUID, subject_id: UUID) -> Notice | None:
    query = select(Notice).where(
        Notice.review_id == review_id, Notice.subject_id == subject_id, Notice.state.in_(CURRENT)
    )
    return await db.scalar(query.with_for_update())


async def current_notices(db: AsyncSession, review_id: UUID) -> Sequence[Notice]:
    query = select(Notice).where(Notice.review_id == review_id, Notice.state.in_(CURRENT))
    return (await db.scalars(query.order_by(Notice.id).with_for_update())).all()


async def last_rounds(db: AsyncSession, review_id: UUID) -> dict[UUID, int]:
    query = select(Notice.subject_id, func.max(Notice.round)).where(Notice.review_id == review_id)
    return dict((await db.execute(query.group_by(Notice.subject_id))).all())


def names_set_aside(review_id: Any, codes: Any) -> Any:
    """The names of these indicators of the review's catalogue, as a column of the row that has both."""
    named = (
        select(Indicator.name)
        .join(Cycle, Cycle.catalogue_id == Indicator.catalogue_id)
        .join(Review, Review.cycle_id == Cycle.id)
        .where(Review.id == review_id, Indicator.code == any_(codes))
        .order_by(Indicator.code)
    )
    return func.array(named.scalar_subquery(), type_=ARRAY(Text()))


async def open_objections(db: AsyncSession, review_id: UUID, subject_id: UUID) -> int:
    query = select(func.count()).where(
        Objection.review_id == review_id,
        Objection.subject_id == subject_id,
        Objection.state == ObjectionState.OPEN,
    )
    return await db.scalar(query) or 0


async def subjects_objected_to(db: AsyncSession, review_id: UUID) -> set[UUID]:
    query = select(Objection.subject_id).where(Objection.review_id == review_id, Objection.state == ObjectionState.OPEN)
    return set(await db.scalars(query))


async def earlier_states(
    db: AsyncSession, review_id: UUID, subject_id: UUID, *, account: UUID, person: UUID | None
) -> set[ObjectionState]:
    """What became of the objections this person, by whatever account, has filed about the subject."""
    by_them = (
        Objection.filed_by == account
        if person is None
        else ((Objection.filed_by == account) | (Objection.person_id == person))
    )
    query = select(Objection.state).where(Objection.review_id == review_id, Objection.subject_id == subject_id, by_them)
    return set(await db.scalars(query))
