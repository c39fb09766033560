from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.circles.circles.models import Circle
from registry.circles.turns.models import CircleTurn
from registry.tree.organizations.queries import belonging, name_of


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of one's organisations, and of the circles whose centres they run."""
    run = select(Circle.id).where(belonging(Circle.organization_id)(actor))
    return or_(belonging(CircleTurn.organization_id)(actor), CircleTurn.circle_id.in_(run))


async def turns_of(db: AsyncSession, circle_id: UUID, year: int) -> Sequence[Row[*tuple[object, ...]]]:
    query = select(
        CircleTurn.month_on,
        CircleTurn.organization_id,
        name_of(CircleTurn.organization_id).label("organization_name"),
        CircleTurn.theme,
    ).where(
        CircleTurn.circle_id == circle_id,
        CircleTurn.void_reason.is_(None),
        CircleTurn.month_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return (await db.execute(query.order_by(CircleTurn.month_on))).all()


async def hosts(db: AsyncSession, first: date, last: date, organizations: Collection[UUID]) -> set[UUID]:
    """Which of them had their turn between two days."""
    query = select(CircleTurn.organization_id).where(
        CircleTurn.void_reason.is_(None),
        CircleTurn.month_on.between(first, last),
        CircleTurn.organization_id.in_(organizations),
    )
    return set(await db.scalars(query))
