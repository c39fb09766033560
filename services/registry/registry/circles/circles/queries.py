from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.circles.circles.models import Circle
from registry.tree.organizations.queries import below


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those of one's district: a circle is open to all around it."""
    return true() if actor.reaches_all else Circle.root_id.in_(actor.root_ids)


def name_of(circle_id: Any) -> Any:
    """The name beside a circle's id, as a column of the row that has the id."""
    return select(Circle.name).where(Circle.id == circle_id).scalar_subquery()


def is_open(circle: Circle, day: date) -> bool:
    return circle.void_reason is None and (circle.ended_on is None or circle.ended_on > day)


def open_on(day: date) -> ColumnElement[bool]:
    return and_(
        Circle.void_reason.is_(None), Circle.opened_on <= day, or_(Circle.ended_on.is_(None), Circle.ended_on > day)
    )


async def figures(db: AsyncSession, actor: Actor, day: date, under: UUID | None) -> dict[str, Any]:
    query = select(
        func.count().label("circles"),
        func.count(func.distinct(func.concat(Circle.centre_name, Circle.address))).label("centres"),
        func.coalesce(func.sum(Circle.area), 0).label("area"),
        func.coalesce(func.sum(Circle.cost), 0).label("cost"),
    ).where(open_on(day), seen(actor))
    if under is not None:
        query = query.where(below(Circle.organization_id)(under))
    return dict((await db.execute(query)).one()._mapping)
