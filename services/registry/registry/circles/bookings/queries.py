from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.clock import day_in_shanghai
from registry.circles.bookings.models import CircleBooking
from registry.circles.rooms.models import CircleRoom
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of one's organisations, and of the centres that they run."""
    return or_(belonging(CircleBooking.organization_id)(actor), belonging(CircleBooking.centre_id)(actor))


def of_circle(circle_id: UUID) -> ColumnElement[bool]:
    return CircleBooking.room_id.in_(select(CircleRoom.id).where(CircleRoom.circle_id == circle_id))


def _day() -> Any:
    started: Any = CircleBooking.starts_at
    return day_in_shanghai(started)


def started_on(day: date) -> ColumnElement[bool]:
    found: ColumnElement[bool] = _day() == day
    return found


async def users(db: AsyncSession, first: date, last: date, organizations: Collection[UUID]) -> set[UUID]:
    """Which of them used a room between two days."""
    day: Any = _day()
    query = select(CircleBooking.organization_id).where(
        CircleBooking.void_reason.is_(None),
        day.between(first, last),
        CircleBooking.organization_id.in_(organizations),
    )
    return set(await db.scalars(query))
