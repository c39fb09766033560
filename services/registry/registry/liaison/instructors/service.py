from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import touch
from records.events import record_events
from records.registers import Register
from records.voiding import standing_or_void, void_record
from registry.liaison.instructors import queries
from registry.liaison.instructors.events import changed
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.liaison.instructors.rules import ASSIGNMENT_DATES, INSTRUCTOR_DATES
from registry.liaison.instructors.schemas import (
    InstructorAssignmentCreate,
    InstructorAssignmentRead,
    InstructorCreate,
    InstructorRead,
)
from registry.links import end_record, refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.rules import id_number_facts, id_number_fault
from registry.members.members.service import WrongIdNumber
from registry.names import search_keys
from registry.own_cases import refuse_own_case
from registry.seals import Seals
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries
from registry.units.units.service import UNITS


class InstructorTaken(problems.Conflict):
    code = "instructor-taken"
    detail = "这名党建指导员已登记"


class UnknownSendingOrganization(problems.Unprocessable):
    code = "unknown-sending-organization"
    detail = "选派组织不存在、已撤销,或不在您的管理范围内"


class UnknownInstructor(problems.Unprocessable):
    code = "unknown-instructor"
    detail = "党建指导员不存在,或不在您的管理范围内"


class UnknownServedUnit(problems.Unprocessable):
    code = "unknown-served-unit"
    detail = "服务单位不存在、已注销,或不在您的管理范围内"


class AlreadyAssigned(problems.Conflict):
    code = "already-assigned"
    detail = "这名党建指导员在该时段已服务这个单位"


class InstructorNotFound(problems.NotFound):
    code = "instructor-not-found"
    detail = "没有这名党建指导员,或不在您的管理范围内"


class AssignmentNotFound(problems.NotFound):
    code = "assignment-not-found"
    detail = "没有这条服务关系,或不在您的管理范围内"


INSTRUCTORS = Register(
    "党建指导员",
    Instructor,
    InstructorRead,
    InstructorNotFound,
    organization_queries.belonging(Instructor.organization_id),
    derived={
        "id_number_masked": Instructor.id_number_sealed,
        "member_name": member_queries.name_of(Instructor.member_id),
        "organization_name": organization_queries.name_of(Instructor.organization_id),
    },
)
ASSIGNMENTS = Register(
    "指导员服务关系",
    InstructorAssignment,
    InstructorAssignmentRead,
    AssignmentNotFound,
    queries.assignment_seen,
    derived={
        "instructor_name": queries.name_of(InstructorAssignment.instructor_id),
        "unit_name": unit_queries.name_of(InstructorAssignment.unit_id),
    },
    only=standing_or_void(InstructorAssignment),
)


async def engage(db: AsyncSession, entry: InstructorCreate, *, actor: Actor, today: date, seals: Seals) -> Instructor:
    if fault := id_number_fault(entry.id_number, today):
        raise WrongIdNumber(fault=fault)
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownSendingOrganization
    dates = {"engaged_on": entry.engaged_on, "released_on": entry.released_on}
    refuse_wrong_dates(INSTRUCTOR_DATES, {"birth_on": id_number_facts(entry.id_number).birth_on, **dates}, today)
    index = seals.index_id_number(entry.id_number)
    member = await member_queries.find_by_index(db, index, actor=actor, root_id=organization.root_id)
    refuse_own_case(actor, member.id if member else None)
    instructor = Instructor(
        **entry.model_dump(exclude={"id_number"}),
        member_id=member.id if member else None,
        search_keys=search_keys(entry.name),
        id_number_sealed=seals.seal_id_number(entry.id_number),
        id_number_index=index,
        root_id=organization.root_id,
    )
    db.add(instructor)
    await announce(db, instructor, actor=actor, today=today)
    return instructor


async def assign(
    db: AsyncSession, entry: InstructorAssignmentCreate, *, actor: Actor, today: date
) -> InstructorAssignment:
    instructor = await INSTRUCTORS.find(db, actor, entry.instructor_id, lock=True)
    if instructor is None:
        raise UnknownInstructor
    refuse_own_case(actor, instructor.id, instructor.member_id)
    unit = await UNITS.find(db, actor, entry.unit_id)
    if unit is None or not unit.is_active or unit.root_id != instructor.root_id:
        raise UnknownServedUnit
    dates = {"valid_from": entry.valid_from, "valid_to": entry.valid_to}
    refuse_wrong_dates(ASSIGNMENT_DATES, {"engaged_on": instructor.engaged_on, **dates}, today)
    assignment = InstructorAssignment(
        **entry.model_dump(),
        instructor_no=instructor.instructor_no,
        unit_no=unit.unit_no,
        root_id=unit.root_id,
        recorded_by=actor.subject,
    )
    db.add(assignment)
    touch(instructor)
    await announce(db, instructor, actor=actor, today=today)
    return assignment


async def end_assignment(
    db: AsyncSession, assignment: InstructorAssignment, ended_on: date, *, actor: Actor, today: date
) -> InstructorAssignment:
    instructor = await _require_served(db, assignment, actor=actor)
    ended = await end_record(db, assignment, ended_on, recorded_by=actor.subject)
    touch(instructor)
    await announce(db, instructor, actor=actor, today=today)
    return ended


async def void_assignment(
    db: AsyncSession, assignment: InstructorAssignment, reason: str, *, actor: Actor, today: date
) -> InstructorAssignment:
    instructor = await _require_served(db, assignment, actor=actor)
    voided = await void_record(db, assignment, reason, recorded_by=actor.subject)
    touch(instructor)
    await announce(db, instructor, actor=actor, today=today)
    return voided


async def _require_served(db: AsyncSession, assignment: InstructorAssignment, *, actor: Actor) -> Instructor:
    instructor = await INSTRUCTORS.require(db, actor, assignment.instructor_id, lock=True)
    refuse_own_case(actor, instructor.id, instructor.member_id)
    return instructor


async def announce(db: AsyncSession, instructor: Instructor, *, actor: Actor, today: date) -> None:
    await db.flush()
    located = await organization_queries.resolve_paths(db, [instructor.organization_id])
    served = await queries.served_units(db, instructor.id, today)
    await record_events(db, [changed(instructor, located[0][1], served)], actor)


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_instructors_id_number_index": InstructorTaken,
    "uq_instructors_member_id": InstructorTaken,
    "ex_instructor_assignments_instructor_no_unit_no": AlreadyAssigned,
}
