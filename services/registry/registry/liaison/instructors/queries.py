from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.bitemporal import believed, valid_on
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.names import carries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import AppointmentSource


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructorFilter:
    organization_id: UUID | None = None
    source: AppointmentSource | None = None
    as_of: date | None = None
    q: str | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.organization_id:
            query = query.where(Instructor.organization_id == self.organization_id)
        if self.source:
            query = query.where(Instructor.source == self.source)
        if self.as_of:
            still = or_(Instructor.released_on.is_(None), Instructor.released_on > self.as_of)
            query = query.where(Instructor.engaged_on <= self.as_of, still)
        return query.where(carries(Instructor.search_keys, self.q)) if self.q else query


def visible_to(actor: Actor) -> Select[Instructor]:
    query = select(Instructor).join(PartyOrganization, PartyOrganization.id == Instructor.organization_id)
    return query.where(actor.reaches(PartyOrganization.path))


def listed_for(actor: Actor, wanted: InstructorFilter) -> Select[Instructor]:
    return wanted.narrow(visible_to(actor)).order_by(Instructor.name, Instructor.id)


async def find_locked(db: AsyncSession, actor: Actor, instructor_id: UUID) -> Instructor | None:
    query = visible_to(actor).where(Instructor.id == instructor_id).with_for_update(of=Instructor, key_share=True)
    found: Instructor | None = await db.scalar(query, execution_options={"populate_existing": True})
    return found


def assignments_visible_to(actor: Actor) -> Select[InstructorAssignment]:
    query = (
        select(InstructorAssignment)
        .join(Instructor, Instructor.id == InstructorAssignment.instructor_id)
        .join(PartyOrganization, PartyOrganization.id == Instructor.organization_id)
    )
    return query.where(believed(InstructorAssignment), actor.reaches(PartyOrganization.path))


def assignments_listed_for(
    actor: Actor, *, instructor_id: UUID | None, unit_id: UUID | None, as_of: date | None
) -> Select[InstructorAssignment]:
    query = assignments_visible_to(actor)
    if instructor_id:
        query = query.where(InstructorAssignment.instructor_id == instructor_id)
    if unit_id:
        query = query.where(InstructorAssignment.unit_id == unit_id)
    if as_of:
        query = query.where(valid_on(InstructorAssignment, as_of))
    return query.order_by(InstructorAssignment.valid_from, InstructorAssignment.id)


async def find_assignment(db: AsyncSession, actor: Actor, assignment_id: UUID) -> InstructorAssignment | None:
    query = assignments_visible_to(actor).where(InstructorAssignment.id == assignment_id)
    found: InstructorAssignment | None = await db.scalar(query.with_for_update(of=InstructorAssignment))
    return found


async def served_units(db: AsyncSession, instructor_id: UUID, day: date) -> Sequence[UUID]:
    query = select(InstructorAssignment.unit_id).where(
        InstructorAssignment.instructor_id == instructor_id, valid_on(InstructorAssignment, day)
    )
    return (await db.scalars(query.order_by(InstructorAssignment.unit_id))).all()
