from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.bitemporal import believed, valid_on
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.contact_logs.models import Contact
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.liaison.instructors.queries import assignment_seen
from registry.tree.organizations.queries import belonging

Pair = tuple[UUID, UUID]
Days = dict[Pair, dict[ContactKind, list[date]]]


class VisitMonth(NamedTuple):
    """Visits that stand, and how often what was recorded of the month has changed: the number only grows."""

    visits: int
    revision: int


def _oneself(actor: Actor) -> ColumnElement[bool]:
    return or_(actor.is_self(Instructor.id), actor.is_self(Instructor.member_id))


def seen(actor: Actor) -> ColumnElement[bool]:
    """What the instructors of one's organisations did, and what one did as an instructor oneself."""
    own = Contact.instructor_id.in_(select(Instructor.id).where(_oneself(actor)))
    return or_(belonging(Contact.organization_id)(actor), own)


def served_by(actor: Actor) -> ColumnElement[bool]:
    """Services of the instructors whom the actor's organisations sent, and one's own."""
    own = InstructorAssignment.instructor_id.in_(select(Instructor.id).where(_oneself(actor)))
    return or_(assignment_seen(actor), own)


def within_year(first: date, last: date) -> ColumnElement[bool]:
    """Services that are believed and hold on some day of these."""
    ends = or_(InstructorAssignment.valid_to.is_(None), InstructorAssignment.valid_to > first)
    return believed(InstructorAssignment) & (InstructorAssignment.valid_from <= last) & ends


async def own_instructor(db: AsyncSession, actor: Actor) -> Instructor | None:
    found: Instructor | None = await db.scalar(select(Instructor).where(_oneself(actor)))
    return found


async def find_service(db: AsyncSession, actor: Actor, assignment_id: UUID) -> InstructorAssignment | None:
    query = select(InstructorAssignment).where(
        InstructorAssignment.id == assignment_id, believed(InstructorAssignment), served_by(actor)
    )
    found: InstructorAssignment | None = await db.scalar(query)
    return found


async def services_on(db: AsyncSession, instructor_id: UUID, day: date) -> Sequence[InstructorAssignment]:
    query = select(InstructorAssignment).where(
        InstructorAssignment.instructor_id == instructor_id, valid_on(InstructorAssignment, day)
    )
    return (await db.scalars(query.order_by(InstructorAssignment.valid_from, InstructorAssignment.id))).all()


async def contact_days(db: AsyncSession, instructor_ids: Iterable[UUID], first: date, last: date) -> Days:
    """By instructor and unit, then by kind."""
    query = select(Contact.instructor_id, Contact.unit_id, Contact.kind, Contact.contacted_on).where(
        Contact.instructor_id.in_(list(instructor_ids)),
        Contact.contacted_on.between(first, last),
        Contact.void_reason.is_(None),
    )
    found: Days = defaultdict(lambda: defaultdict(list))
    for instructor_id, unit_id, kind, day in await db.execute(query):
        found[instructor_id, unit_id][kind].append(day)
    return found


async def lock_visits(db: AsyncSession, organization_id: UUID) -> None:
    """Visits that count for one organisation wait for each other, so that its months are told in order."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"visits:{organization_id}", 0))))


async def visit_month(db: AsyncSession, organization_id: UUID, first: date, last: date) -> VisitMonth:
    standing = func.count().filter(Contact.void_reason.is_(None))
    query = select(standing, func.coalesce(func.sum(Contact.version), 0)).where(
        Contact.covering_ids.contains([organization_id]),
        Contact.kind == ContactKind.VISIT,
        Contact.contacted_on.between(first, last),
    )
    visits, revision = (await db.execute(query)).one()
    return VisitMonth(visits, int(revision))
