from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from roster.models import Member
from roster.queries import name_of
from scoring.honours.stars.models import Star
from scoring.reviews.notices.models import Notice
from scoring.reviews.ratings.models import Rating
from scoring.reviews.vetoes.models import Veto


class Around(NamedTuple):
    """What stands around a rating: who shares its rank, its last notice, its standing veto and its published star."""

    superior_name: str | None
    tied: int
    notice: Row[Any] | None
    veto: Row[Any] | None
    star: Row[Any] | None


async def around(db: AsyncSession, rating: Rating) -> Around:
    group = (Rating.cycle_id, Rating.superior_id, Rating.peer_kind, Rating.composite)
    same = [column.is_not_distinct_from(getattr(rating, column.key)) for column in group]
    tied = select(name_of(rating.superior_id), func.count()).where(*same, Rating.is_current)
    name, count = (await db.execute(tied)).one()
    notice = select(Notice.state, Notice.ends_on, Notice.days_left, Notice.running_since).order_by(Notice.round.desc())
    veto = select(Veto.ground, Veto.reason).where(Veto.lifted_on.is_(None)).order_by(Veto.id.desc())
    star = select(Star.level, Star.reason, Star.published_on).where(Star.is_current)
    found = [
        (
            await db.execute(query.where(table.review_id == rating.review_id, table.subject_id == rating.subject_id))
        ).first()
        for query, table in ((notice, Notice), (veto, Veto), (star, Star))
    ]
    return Around(name, count, *found)


async def names_of_members(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await db.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return dict(rows.all())
