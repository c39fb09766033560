from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import Owned
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.liaison.leader_contacts import queries
from registry.liaison.leader_contacts.events import LeaderContactChanged, LeaderVisitChanged
from registry.liaison.leader_contacts.models import LeaderContact, LeaderVisit
from registry.liaison.leader_contacts.rules import POINT_DATES, VISIT_DATES
from registry.liaison.leader_contacts.schemas import (
    LeaderContactCreate,
    LeaderContactRead,
    LeaderVisitCreate,
    LeaderVisitRead,
)
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS


class LeaderContactNotFound(problems.NotFound):
    code = "leader-contact-not-found"
    detail = "没有这个联系点,或不在您的管理范围内"


class LeaderVisitNotFound(problems.NotFound):
    code = "leader-visit-not-found"
    detail = "没有这次走访,或不在您的管理范围内"


class UnknownContactOrganization(problems.Unprocessable):
    code = "unknown-contact-organization"
    detail = "联系的党组织不存在、已撤销,或不在您的管理范围内"


class UnknownLeaderContact(problems.Unprocessable):
    code = "unknown-leader-contact"
    detail = "没有这个联系点,或不在您的管理范围内"


class LeaderContactEnded(problems.Unprocessable):
    code = "leader-contact-ended"
    detail = "联系已于 {ended_on} 结束,当日及以后的走访不能登记"


class LeaderContactTaken(problems.Conflict):
    code = "leader-contact-taken"
    detail = "这名领导干部已联系这个党组织"


LEADER_CONTACTS = Register(
    "领导干部联系点",
    LeaderContact,
    LeaderContactRead,
    LeaderContactNotFound,
    organization_queries.belonging(LeaderContact.organization_id),
    derived={
        "organization_name": organization_queries.name_of(LeaderContact.organization_id),
        "last_visited_on": queries.last_visited_on(),
    },
)
LEADER_VISITS = Register(
    "领导干部走访",
    LeaderVisit,
    LeaderVisitRead,
    LeaderVisitNotFound,
    organization_queries.belonging(LeaderVisit.organization_id),
    derived={
        "leader_contact_name": queries.of_contact(LeaderContact.leader_name),
        "organization_name": organization_queries.name_of(LeaderVisit.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_leader_contacts_leader_name": LeaderContactTaken}


async def assign_leader(db: AsyncSession, entry: LeaderContactCreate, *, actor: Actor, today: date) -> LeaderContact:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownContactOrganization
    refuse_wrong_dates(POINT_DATES, {"valid_from": entry.valid_from}, today)
    contact = LeaderContact(**entry.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(contact)
    await _tell_contact(db, contact, actor=actor)
    return contact


async def end_contact(
    db: AsyncSession, contact: LeaderContact, ended_on: date, *, actor: Actor, today: date
) -> LeaderContact:
    refuse_void(contact)
    if contact.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(POINT_DATES, {"valid_from": contact.valid_from, "ended_on": ended_on}, today)
    contact.ended_on = ended_on
    await _tell_contact(db, contact, actor=actor)
    return contact


async def void_contact(db: AsyncSession, contact: LeaderContact, reason: str, *, actor: Actor) -> LeaderContact:
    void_row(db, contact, reason)
    await _tell_contact(db, contact, actor=actor)
    return contact


async def record_visit(db: AsyncSession, entry: LeaderVisitCreate, *, actor: Actor, today: date) -> LeaderVisit:
    contact = await LEADER_CONTACTS.find(db, actor, entry.leader_contact_id)
    if contact is None:
        raise UnknownLeaderContact
    refuse_void(contact)
    refuse_wrong_dates(VISIT_DATES, {"visited_on": entry.visited_on, "valid_from": contact.valid_from}, today)
    if contact.ended_on is not None and contact.ended_on <= entry.visited_on:
        raise LeaderContactEnded(ended_on=contact.ended_on)
    visit = LeaderVisit(
        **entry.model_dump(),
        organization_id=contact.organization_id,
        root_id=contact.root_id,
        recorded_by=actor.subject,
    )
    db.add(visit)
    await _tell_visit(db, visit, actor=actor)
    return visit


async def void_visit(db: AsyncSession, visit: LeaderVisit, reason: str, *, actor: Actor) -> LeaderVisit:
    void_row(db, visit, reason)
    await _tell_visit(db, visit, actor=actor)
    return visit


async def _tell_contact(db: AsyncSession, contact: LeaderContact, *, actor: Actor) -> None:
    await db.flush()
    told = LeaderContactChanged(
        id=contact.id,
        organization_id=contact.organization_id,
        valid_from=contact.valid_from,
        ended_on=contact.ended_on,
        is_void=contact.void_reason is not None,
    )
    await _tell(db, told, contact, actor=actor)


async def _tell_visit(db: AsyncSession, visit: LeaderVisit, *, actor: Actor) -> None:
    await db.flush()
    told = LeaderVisitChanged(
        id=visit.id,
        leader_contact_id=visit.leader_contact_id,
        organization_id=visit.organization_id,
        visited_on=visit.visited_on,
        is_void=visit.void_reason is not None,
    )
    await _tell(db, told, visit, actor=actor)


async def _tell(db: AsyncSession, payload: Payload, row: Owned, *, actor: Actor) -> None:
    [(_, path, _)] = await organization_queries.resolve_paths(db, [row.organization_id])
    version, root_id = row.version, row.root_id
    await record_event(db, payload, subject=row.id, version=version, root_id=root_id, path=path, actor=actor)
