from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.periods import Cadence, period_of
from records.registers import Register
from records.voiding import void_row
from registry.liaison.contact_logs import queries
from registry.liaison.contact_logs.events import ContactChanged, VisitMonthChanged
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.contact_logs.models import Contact
from registry.liaison.contact_logs.rules import CONTACT_DATES
from registry.liaison.contact_logs.schemas import ContactCreate, ContactRead
from registry.liaison.instructors import queries as instructor_queries
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.units import queries as unit_queries

OFFICERS = frozenset({"district_officer", "town_officer"})


class ContactNotFound(problems.NotFound):
    code = "contact-not-found"
    detail = "没有这条联系记录,或不在您的管理范围内"


class UnknownService(problems.Unprocessable):
    code = "unknown-instructor-assignment"
    detail = "没有这条服务关系,或不归您登记联系情况"


class NotServedThatDay(problems.Unprocessable):
    code = "not-served-that-day"
    detail = "联系日期不在服务期内,服务关系已于 {ended_on} 结束"


CONTACTS = Register(
    "指导员联系记录",
    Contact,
    ContactRead,
    ContactNotFound,
    queries.seen,
    derived={
        "instructor_name": instructor_queries.name_of(Contact.instructor_id),
        "unit_name": unit_queries.name_of(Contact.unit_id),
        "organization_name": organization_queries.name_of(Contact.organization_id),
    },
)


async def record_contact(db: AsyncSession, entry: ContactCreate, *, actor: Actor, today: date) -> Contact:
    service, instructor = await _require_service(db, entry.assignment_id, actor=actor)
    dates = {"contacted_on": entry.contacted_on, "valid_from": service.valid_from}
    refuse_wrong_dates(CONTACT_DATES, dates, today)
    if service.valid_to is not None and service.valid_to <= entry.contacted_on:
        raise NotServedThatDay(ended_on=service.valid_to)
    contact = Contact(
        **entry.model_dump(exclude={"assignment_id"}),
        instructor_id=instructor.id,
        unit_id=service.unit_id,
        organization_id=instructor.organization_id,
        root_id=service.root_id,
        recorded_by=actor.subject,
        covering_ids=await unit_queries.covering_ids(db, service.unit_id, entry.contacted_on),
    )
    db.add(contact)
    await _tell(db, contact, actor=actor)
    return contact


async def void_contact(db: AsyncSession, contact: Contact, reason: str, *, actor: Actor) -> Contact:
    void_row(db, contact, reason)
    await _tell(db, contact, actor=actor)
    return contact


async def _require_service(
    db: AsyncSession, assignment_id: UUID, *, actor: Actor
) -> tuple[InstructorAssignment, Instructor]:
    """An officer's instructors, or oneself; whom an instructor happens to see is not whom one writes for."""
    service = await queries.find_service(db, actor, assignment_id)
    if service is None:
        raise UnknownService
    instructor = await db.get_one(Instructor, service.instructor_id)
    is_oneself = actor.person is not None and actor.person in (instructor.id, instructor.member_id)
    if not is_oneself and not actor.roles & OFFICERS:
        raise UnknownService
    return service, instructor


async def _tell(db: AsyncSession, contact: Contact, *, actor: Actor) -> None:
    for organization_id in contact.covering_ids if contact.kind is ContactKind.VISIT else ():
        await queries.lock_visits(db, organization_id)
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [contact.organization_id])
    told = ContactChanged(
        id=contact.id,
        instructor_id=contact.instructor_id,
        unit_id=contact.unit_id,
        kind=contact.kind,
        contacted_on=contact.contacted_on,
        is_void=contact.void_reason is not None,
    )
    version, root_id = contact.version, contact.root_id
    await record_event(db, told, subject=contact.id, version=version, root_id=root_id, path=path, actor=actor)
    if contact.kind is ContactKind.VISIT:
        await _tell_month(db, contact, actor=actor)


async def _tell_month(db: AsyncSession, contact: Contact, *, actor: Actor) -> None:
    """What the month comes to for every organisation that covered the unit on the day of the visit (O23)."""
    month = period_of(contact.contacted_on, Cadence.MONTHLY)
    for organization_id, path, root_id in await organization_queries.resolve_paths(db, contact.covering_ids):
        visits, revision = await queries.visit_month(db, organization_id, month.first, month.last)
        told = VisitMonthChanged(
            organization_id=organization_id, month=f"{month.first:%Y-%m}", visits=visits, revision=revision
        )
        await record_event(db, told, subject=organization_id, version=revision, root_id=root_id, path=path, actor=actor)
