from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Numeric, Select, cast, func, select

from kit.access import Actor
from registry.members.course_hours.models import CourseHours
from registry.members.members.kinds import ENROLLED
from registry.members.members.models import Member
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of the people of one's organisations, wherever the class was held."""
    return CourseHours.member_id.in_(select(Member.id).where(belonging(Member.organization_id)(actor)))


def not_yet_enrolled(ids: Collection[UUID]) -> Select[UUID]:
    return select(Member.id).where(Member.id.in_(ids), Member.stage.not_in(ENROLLED))


def hours_of(member_id: Any, first: Any, last: date | None = None) -> Any:
    """Hours of classes from one day on, up to another, as a column of the row that has both; 0 without a first day."""
    total = func.coalesce(func.sum(CourseHours.hours), cast(0, Numeric(6, 2)))
    query = select(total).where(CourseHours.member_id == member_id, CourseHours.held_on >= first)
    return (query if last is None else query.where(CourseHours.held_on <= last)).scalar_subquery()
