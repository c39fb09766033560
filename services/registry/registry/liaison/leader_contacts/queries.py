from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from records.periods import Cadence, period_of
from registry.liaison.leader_contacts.models import LeaderContact, LeaderVisit


def standing_on(day: date) -> ColumnElement[bool]:
    still = or_(LeaderContact.ended_on.is_(None), LeaderContact.ended_on > day)
    return and_(LeaderContact.void_reason.is_(None), LeaderContact.valid_from <= day, still)


def unvisited_on(day: date) -> ColumnElement[bool]:
    """Contact points of that day to which the leader has paid no visit in its quarter, up to the day."""
    quarter = period_of(day, Cadence.QUARTERLY)
    visited = exists().where(
        LeaderVisit.leader_contact_id == LeaderContact.id,
        LeaderVisit.void_reason.is_(None),
        LeaderVisit.visited_on.between(quarter.first, day),
    )
    return and_(standing_on(day), not_(visited))


def last_visited_on() -> Any:
    """As a column of the contact point."""
    query = select(func.max(LeaderVisit.visited_on)).where(
        LeaderVisit.leader_contact_id == LeaderContact.id, LeaderVisit.void_reason.is_(None)
    )
    return query.scalar_subquery()


def of_contact(column: Any) -> Any:
    """Something of the contact point, as a column of the visit."""
    return select(column).where(LeaderContact.id == LeaderVisit.leader_contact_id).scalar_subquery()
