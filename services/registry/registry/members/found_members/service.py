from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from registry.links import refuse_wrong_dates
from registry.members.found_members.events import FoundMemberChanged
from registry.members.found_members.rules import FOUND_DATES
from registry.members.found_members.schemas import FoundMemberCreate, FoundMemberRead, FoundMemberShow
from registry.members.members import queries as member_queries
from registry.members.members.models import Member
from registry.members.screenings import queries as screening_queries
from registry.members.screenings.models import FoundMember, Screening
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit


class FoundMemberNotFound(problems.NotFound):
    code = "found-member-not-found"
    detail = "没有这条排查党员记录,或不在您的管理范围内"


class UnknownFoundPlace(problems.Unprocessable):
    code = "unknown-found-place"
    detail = "党组织、排查轮次或单位不存在、已撤销或作废,或不在您的管理范围内"


class UnknownShownMember(problems.Unprocessable):
    code = "unknown-shown-member"
    detail = "名册中没有这名在册党员,或不在您的管理范围内"


class AlreadyShown(problems.Conflict):
    code = "already-shown"
    detail = "这名党员已于 {shown_on} 亮明身份"


FOUND_MEMBERS = Register(
    "排查党员",
    FoundMember,
    FoundMemberRead,
    FoundMemberNotFound,
    organization_queries.belonging(FoundMember.organization_id),
    derived={
        "organization_name": organization_queries.name_of(FoundMember.organization_id),
        "screening_name": screening_queries.title_of(FoundMember.screening_id),
        "unit_name": unit_queries.name_of(FoundMember.unit_id),
        "member_name": member_queries.name_of(FoundMember.member_id),
    },
)


async def record_found(db: AsyncSession, entry: FoundMemberCreate, *, actor: Actor, today: date) -> FoundMember:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownFoundPlace
    if not (await _is_round_of(db, entry) and await _is_unit_seen(db, entry.unit_id, actor)):
        raise UnknownFoundPlace
    refuse_wrong_dates(FOUND_DATES, {"found_on": entry.found_on}, today)
    found = FoundMember(**entry.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(found)
    await _tell(db, found, actor=actor)
    return found


async def _is_round_of(db: AsyncSession, entry: FoundMemberCreate) -> bool:
    """The round is the same organisation's, and stands."""
    if entry.screening_id is None:
        return True
    of_it = (Screening.id == entry.screening_id, Screening.organization_id == entry.organization_id)
    return await db.scalar(select(Screening.id).where(*of_it, Screening.void_reason.is_(None))) is not None


async def _is_unit_seen(db: AsyncSession, unit_id: UUID | None, actor: Actor) -> bool:
    if unit_id is None:
        return True
    return await db.scalar(select(Unit.id).where(Unit.id == unit_id, unit_queries.seen(actor))) is not None


async def show(
    db: AsyncSession, found: FoundMember, entry: FoundMemberShow, *, actor: Actor, today: date
) -> FoundMember:
    if found.shown_on is not None:
        raise AlreadyShown(shown_on=found.shown_on)
    refuse_wrong_dates(FOUND_DATES, {"found_on": found.found_on, "shown_on": entry.shown_on}, today)
    if entry.member_id is not None:
        within = (Member.id == entry.member_id, Member.is_active, member_queries.seen(actor))
        if await db.scalar(select(Member.id).where(*within)) is None:
            raise UnknownShownMember
    found.shown_on, found.evidence, found.member_id = entry.shown_on, entry.evidence, entry.member_id
    await _tell(db, found, actor=actor)
    return found


async def void(db: AsyncSession, found: FoundMember, reason: str, *, actor: Actor) -> FoundMember:
    void_row(db, found, reason)
    await _tell(db, found, actor=actor)
    return found


async def _tell(db: AsyncSession, found: FoundMember, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [found.organization_id])
    told = FoundMemberChanged(
        id=found.id,
        organization_id=found.organization_id,
        kind=found.kind,
        found_by=found.found_by,
        found_on=found.found_on,
        shown_on=found.shown_on,
        is_void=found.void_reason is not None,
    )
    version, root_id = found.version, found.root_id
    await record_event(db, told, subject=found.id, version=version, root_id=root_id, path=path, actor=actor)
