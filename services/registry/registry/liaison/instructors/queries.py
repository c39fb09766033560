from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from records.bitemporal import valid_on
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.names import carries
from registry.tree.organizations.queries import belonging


def engaged_on(day: date) -> ColumnElement[bool]:
    """Instructors in office on a day."""
    still = or_(Instructor.released_on.is_(None), Instructor.released_on > day)
    return and_(Instructor.engaged_on <= day, still)


def assignment_seen(actor: Actor) -> ColumnElement[bool]:
    """Assignments of the instructors whom the actor's organisations sent."""
    sent = select(Instructor.id).where(belonging(Instructor.organization_id)(actor))
    return InstructorAssignment.instructor_id.in_(sent)


def name_of(instructor_id: Any) -> Any:
    """The name beside an instructor's id, as a column of the row that has the id."""
    named_instructor = aliased(Instructor)
    return select(named_instructor.name).where(named_instructor.id == instructor_id).scalar_subquery()


def named(instructor_id: Any) -> Callable[[str], ColumnElement[bool]]:
    """A filter: rows whose instructor's name may contain the text."""

    def called(text: str) -> ColumnElement[bool]:
        found: ColumnElement[bool] = instructor_id.in_(
            select(Instructor.id).where(carries(Instructor.search_keys, text))
        )
        return found

    return called


async def served_units(db: AsyncSession, instructor_id: UUID, day: date) -> Sequence[UUID]:
    query = select(InstructorAssignment.unit_id).where(
        InstructorAssignment.instructor_id == instructor_id, valid_on(InstructorAssignment, day)
    )
    return (await db.scalars(query.order_by(InstructorAssignment.unit_id))).all()
