from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.circles.circles.models import Circle
from registry.circles.service_requests.kinds import ServiceState
from registry.circles.service_requests.models import ServiceRequest
from registry.tree.organizations.queries import belonging, name_of

IN_TIME = ServiceRequest.answered_on <= ServiceRequest.due_on


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those asked of one's centres, those of one's organisations, and one's own."""
    return or_(
        belonging(ServiceRequest.organization_id)(actor),
        belonging(ServiceRequest.asking_organization_id)(actor),
        actor.is_self(ServiceRequest.member_id),
    )


def overdue_on(day: date) -> ColumnElement[bool]:
    """Not answered by then, though the day of the answer was over."""
    still_open = or_(ServiceRequest.answered_on.is_(None), ServiceRequest.answered_on > day)
    return and_(ServiceRequest.void_reason.is_(None), ServiceRequest.due_on < day, still_open)


def topic_of(request_id: Any) -> Any:
    return select(ServiceRequest.topic).where(ServiceRequest.id == request_id).scalar_subquery()


async def figures(
    db: AsyncSession, conditions: Sequence[ColumnElement[bool]], day: date
) -> Sequence[Row[*tuple[Any, ...]]]:
    """One row for each centre that was asked for anything."""
    state, answered_on = ServiceRequest.state, ServiceRequest.answered_on
    query = (
        select(
            Circle.id.label("circle_id"),
            Circle.name.label("circle_name"),
            Circle.centre_name,
            Circle.organization_id,
            name_of(Circle.organization_id).label("organization_name"),
            func.count().label("requests"),
            func.count().filter(state == ServiceState.ASKED).label("asked"),
            func.count().filter(state == ServiceState.TAKEN).label("taken"),
            func.count().filter(overdue_on(day)).label("overdue"),
            func.count(answered_on).label("answered"),
            func.count(answered_on).filter(IN_TIME).label("answered_in_time"),
            func.count().filter(ServiceRequest.is_solved.is_(True)).label("solved"),
        )
        .join(Circle, Circle.id == ServiceRequest.circle_id)
        .where(ServiceRequest.void_reason.is_(None), *conditions)
        .group_by(Circle.id)
        .order_by(Circle.name, Circle.id)
    )
    found: Sequence[Row[*tuple[Any, ...]]] = (await db.execute(query)).all()
    return found
