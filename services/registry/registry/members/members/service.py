from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event, record_events
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import refuse_wrong_dates
from registry.members.members import events, queries
from registry.members.members.models import Member
from registry.members.members.rules import MEMBER_DATES, id_number_facts, id_number_fault
from registry.members.members.schemas import (
    DisclosedField,
    DisclosureCreate,
    DisclosureRead,
    MemberCorrect,
    MemberCreate,
    MemberRead,
)
from registry.names import search_keys
from registry.own_cases import refuse_own_case
from registry.seals import Seals
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries
from registry.units.units.service import UNITS

ALWAYS_FILLED = ("name", "stage", "organization_id")
SEALED_OR_PLACED = {"phone", "organization_id", "unit_id", "arrived_on", "left_on"}


class MemberNotFound(problems.NotFound):
    code = "member-not-found"
    detail = "没有这名党员,或不在您的管理范围内"


class IdNumberTaken(problems.Conflict):
    code = "id-number-taken"
    detail = "这个公民身份号码已登记,请核对后办理组织关系转接"


class WrongIdNumber(problems.Unprocessable):
    code = "wrong-id-number"
    detail = "{fault}"


class UnknownOrganization(problems.Unprocessable):
    code = "unknown-organization"
    detail = "所在组织不存在、已撤销,或不在您的管理范围内"


class UnknownWorkplace(problems.Unprocessable):
    code = "unknown-workplace"
    detail = "工作单位不存在,或不在您的管理范围内"


MEMBERS = Register(
    "党员",
    Member,
    MemberRead,
    MemberNotFound,
    queries.seen,
    derived={
        "organization_name": organization_queries.name_of(Member.organization_id),
        "unit_name": unit_queries.name_of(Member.unit_id),
        "id_number_masked": Member.id_number_sealed,
        "phone_masked": Member.phone_sealed,
    },
)


async def _require_organization(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization:
    found = await ORGANIZATIONS.find(db, actor, organization_id)
    if found is None or not found.is_active:
        raise UnknownOrganization
    return found


async def _require_workplace(db: AsyncSession, actor: Actor, unit_id: UUID | None) -> None:
    if unit_id is not None and await UNITS.find(db, actor, unit_id) is None:
        raise UnknownWorkplace


async def create_member(db: AsyncSession, entry: MemberCreate, *, actor: Actor, today: date, seals: Seals) -> Member:
    if fault := id_number_fault(entry.id_number, today):
        raise WrongIdNumber(fault=fault)
    organization = await _require_organization(db, actor, entry.organization_id)
    await _require_workplace(db, actor, entry.unit_id)
    facts = id_number_facts(entry.id_number)
    dates = {"birth_on": facts.birth_on, **entry.model_dump(include=set(MEMBER_DATES.facts))}
    refuse_wrong_dates(MEMBER_DATES, dates, today)
    member = Member(
        **entry.model_dump(exclude={"id_number", "phone"}),
        search_keys=search_keys(entry.name),
        id_number_sealed=seals.seal_id_number(entry.id_number),
        id_number_index=seals.index_id_number(entry.id_number),
        phone_sealed=seals.seal_phone(entry.phone),
        birth_on=facts.birth_on,
        sex=facts.sex,
        root_id=organization.root_id,
    )
    db.add(member)
    await announce(db, member, actor=actor, today=today)
    return member


async def correct_member(
    db: AsyncSession,
    member_id: UUID,
    correction: MemberCorrect,
    *,
    if_match: int,
    actor: Actor,
    today: date,
    seals: Seals,
) -> Member:
    member = await MEMBERS.require(db, actor, member_id, if_match=if_match)
    refuse_own_case(actor, member.id)
    refuse_void(member)
    changes = correction.model_dump(exclude_unset=True)
    emptied = [field for field in ALWAYS_FILLED if field in changes and changes[field] is None]
    if emptied:
        raise problems.Unprocessable(fields=[problems.FieldError(f"/body/{field}", "不能清空") for field in emptied])
    for field in changes.keys() - SEALED_OR_PLACED:
        setattr(member, field, changes[field])
    if "phone" in changes and correction.phone != seals.open_phone(member.phone_sealed):
        member.phone_sealed = seals.seal_phone(correction.phone)
    if correction.organization_id is not None:
        await _place(db, member, correction.organization_id, actor=actor, today=today)
    if "arrived_on" in changes:
        member.arrived_on = correction.arrived_on
    if "unit_id" in changes:
        await _require_workplace(db, actor, correction.unit_id)
        member.unit_id = correction.unit_id
    if "left_on" in changes:
        member.left_on, member.is_active = correction.left_on, correction.left_on is None
    if changes.keys() & MEMBER_DATES.titles.keys():
        refuse_wrong_dates(MEMBER_DATES, {name: getattr(member, name) for name in MEMBER_DATES.titles}, today)
    member.search_keys = search_keys(member.name)
    await announce(db, member, actor=actor, today=today)
    return member


async def _place(db: AsyncSession, member: Member, organization_id: UUID, *, actor: Actor, today: date) -> None:
    organization = await _require_organization(db, actor, organization_id)
    if organization.root_id != member.root_id:
        raise UnknownOrganization
    if organization.id != member.organization_id:
        member.organization_id, member.arrived_on = organization.id, today


async def void(db: AsyncSession, member: Member, reason: str, *, actor: Actor, today: date) -> Member:
    """Nobody finds a void member by number any more, so the person can be registered rightly."""
    void_row(db, member, reason)
    member.is_active, member.id_number_index = False, member.id.bytes
    await announce(db, member, actor=actor, today=today)
    voided = events.MemberVoided(id=member.id, organization_id=member.organization_id)
    path = await queries.path_of(db, member)
    await record_event(
        db, voided, subject=member.id, version=member.version, root_id=member.root_id, path=path, actor=actor
    )
    return member


async def announce(db: AsyncSession, member: Member, *, actor: Actor, today: date) -> None:
    await db.flush()
    await record_events(db, [events.changed(member, await queries.path_of(db, member), today)], actor)


async def disclose(
    db: AsyncSession, member_id: UUID, wanted: DisclosureCreate, *, actor: Actor, seals: Seals
) -> DisclosureRead:
    """The clear values, and one event saying who saw what for which purpose; without the event, no values."""
    member = await MEMBERS.require(db, actor, member_id)
    path = await queries.path_of(db, member)
    seen = events.MemberDisclosed(member_id=member.id, purpose=wanted.purpose, fields=sorted(set(wanted.fields)))
    await record_event(
        db, seen, subject=member.id, version=member.version, root_id=member.root_id, path=path, actor=actor
    )
    answer = DisclosureRead(member_id=member.id, member_name=member.name)
    if DisclosedField.ID_NUMBER in wanted.fields:
        answer.id_number = seals.open_id_number(member.id_number_sealed)
    if DisclosedField.PHONE in wanted.fields:
        answer.phone = seals.open_phone(member.phone_sealed)
    if DisclosedField.BIRTH_ON in wanted.fields:
        answer.birth_on = member.birth_on
    return answer


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_members_id_number_index": IdNumberTaken}
