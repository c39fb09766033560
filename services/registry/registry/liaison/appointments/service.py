from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.liaison.appointments import queries
from registry.liaison.appointments.schemas import AppointmentFigures, InstructorSource, PostSource


async def figures(db: AsyncSession, actor: Actor, *, day: date, organization_id: UUID | None) -> AppointmentFigures:
    instructors = await queries.instructors(db, actor, day, organization_id)
    people = await queries.people(db, actor, day, organization_id)
    return AppointmentFigures(
        as_of=day,
        instructors=sum(one.number for one in instructors),
        instructors_by_source=[InstructorSource.model_validate(one) for one in instructors],
        posts_by_source=[
            PostSource.model_validate(one) for one in await queries.posts(db, actor, day, organization_id)
        ],
        **people._mapping,
    )
