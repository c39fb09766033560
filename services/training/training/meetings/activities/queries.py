from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select

from kit.access import Actor
from roster.queries import ids_at_or_below
from training.kinds import ACTIVITIES, MeetingState
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.queries import is_managed_by

SUMMED = ("attended", "guests", "teams", "enterprise_heads", "enterprises")


def total(numbers: Any) -> ColumnElement[int]:
    return cast(func.sum(numbers), BigInteger)


def figures(actor: Actor, from_day: date, to_day: date, under: UUID | None) -> Select[*tuple[Any, ...]]:
    """What was held, by kind: an activity counts from its confirmation on, and one nobody came to does not."""
    query = (
        select(
            Meeting.kind,
            Meeting.direction,
            func.count().label("events"),
            func.count(Meeting.organization_id.distinct()).label("organizations"),
            total(Meeting.attended + Meeting.guests).label("person_times"),
            *(total(getattr(Meeting, name)).label(name) for name in SUMMED),
            func.count(Meeting.visited_organization_id.distinct()).label("visited_points"),
        )
        .where(is_managed_by(actor), Meeting.kind.in_(ACTIVITIES), Meeting.state == MeetingState.CONFIRMED)
        .where(Meeting.is_valid.is_(True), Meeting.held_on.between(from_day, to_day))
        .group_by(Meeting.kind, Meeting.direction)
        .order_by(Meeting.kind, Meeting.direction)
    )
    return query if under is None else query.where(Meeting.organization_id.in_(ids_at_or_below(under)))
