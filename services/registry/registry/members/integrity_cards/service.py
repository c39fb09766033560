"""The integrity card of a member (诚信卡): what happened when, on what evidence; a mistake is void, never erased."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import Payload, record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.dates import DateRules
from registry.links import refuse_wrong_dates
from registry.members.integrity_cards import queries
from registry.members.integrity_cards.events import IntegrityEntryCreated, IntegrityEntryVoided
from registry.members.integrity_cards.kinds import IntegrityKind
from registry.members.integrity_cards.models import IntegrityEntry
from registry.members.integrity_cards.schemas import IntegrityEntryCreate, IntegrityEntryRead
from registry.members.members import queries as member_queries
from registry.members.members.models import Member
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries

DATES = DateRules({"happened_on": "发生日期"}, (), facts=frozenset(("happened_on",)))


class IntegrityEntryNotFound(problems.NotFound):
    code = "integrity-entry-not-found"
    detail = "没有这条诚信卡记录,或不在您的管理范围内"


class StarNotByHand(problems.Conflict):
    code = "star-not-by-hand"
    detail = "星级由年度评议公布后自动记入,不能手工记入或作废;有异议的,在评议中提出"


INTEGRITY_ENTRIES = Register(
    "诚信卡",
    IntegrityEntry,
    IntegrityEntryRead,
    IntegrityEntryNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(IntegrityEntry.member_id),
        "organization_name": organization_queries.name_of(IntegrityEntry.organization_id),
    },
)


async def create(
    db: AsyncSession, member_id: UUID, entry: IntegrityEntryCreate, *, actor: Actor, today: date
) -> IntegrityEntry:
    member = await MEMBERS.require(db, actor, member_id)
    refuse_own_case(actor, member.id)
    _refuse_star(entry.kind)
    refuse_void(member)
    refuse_wrong_dates(DATES, {"happened_on": entry.happened_on}, today)
    line = IntegrityEntry(
        **entry.model_dump(),
        member_id=member.id,
        organization_id=member.organization_id,
        root_id=member.root_id,
        recorded_by=actor.subject,
    )
    return await add(db, line, member, actor=actor)


async def add(db: AsyncSession, line: IntegrityEntry, member: Member, *, actor: Actor | None = None) -> IntegrityEntry:
    db.add(line)
    await db.flush()
    await _tell(db, IntegrityEntryCreated.model_validate(line), line, member, actor=actor)
    return line


async def void(db: AsyncSession, entry_id: UUID, reason: str, *, if_match: int, actor: Actor) -> IntegrityEntry:
    line = await INTEGRITY_ENTRIES.require(db, actor, entry_id, if_match=if_match)
    refuse_own_case(actor, line.member_id)
    _refuse_star(line.kind)
    void_row(db, line, reason)
    await db.flush()
    member = await db.get_one(Member, line.member_id)
    await _tell(db, IntegrityEntryVoided.model_validate(line), line, member, actor=actor)
    return line


def _refuse_star(kind: IntegrityKind) -> None:
    if kind is IntegrityKind.STAR:
        raise StarNotByHand


async def _tell(
    db: AsyncSession, payload: Payload, line: IntegrityEntry, member: Member, *, actor: Actor | None
) -> None:
    path = await member_queries.path_of(db, member)
    await record_event(db, payload, subject=line.id, version=line.version, root_id=line.root_id, path=path, actor=actor)
