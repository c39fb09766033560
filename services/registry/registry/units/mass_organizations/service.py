from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.members.members import queries as member_queries
from registry.members.members.service import MEMBERS
from registry.own_cases import refuse_own_case
from registry.tree.organizations import queries as organization_queries
from registry.units.mass_organizations import queries
from registry.units.mass_organizations.events import MassOrganizationHeadChanged
from registry.units.mass_organizations.models import MassOrganizationHead
from registry.units.mass_organizations.rules import HEAD_DATES
from registry.units.mass_organizations.schemas import MassOrganizationHeadCreate, MassOrganizationHeadRead
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit
from registry.units.units.service import governed_unit


class MassOrganizationHeadNotFound(problems.NotFound):
    code = "mass-organization-head-not-found"
    detail = "没有这名群团组织负责人,或不在您的管理范围内"


class NoSuchMassOrganization(problems.Unprocessable):
    code = "no-such-mass-organization"
    detail = "这个单位没有{kind},请先在单位资料中登记"


class UnknownHead(problems.Unprocessable):
    code = "unknown-head"
    detail = "负责人在党员名册中不存在、已离开,或不在您的管理范围内"


class HeadAlreadyInOffice(problems.Conflict):
    code = "head-already-in-office"
    detail = "这个单位的这个群团组织已有负责人,请先登记离任"


HEADS = Register(
    "群团组织负责人",
    MassOrganizationHead,
    MassOrganizationHeadRead,
    MassOrganizationHeadNotFound,
    queries.seen,
    derived={
        "unit_name": unit_queries.name_of(MassOrganizationHead.unit_id),
        "member_name": member_queries.name_of(MassOrganizationHead.member_id),
        "organization_name": organization_queries.name_of(MassOrganizationHead.organization_id),
        "is_in_the_party": queries.is_in_the_party(),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_mass_organization_heads_unit_id_kind": HeadAlreadyInOffice}


async def record_mass_organization_head(
    db: AsyncSession, entry: MassOrganizationHeadCreate, *, actor: Actor, today: date
) -> MassOrganizationHead:
    unit = await governed_unit(db, actor, entry.unit_id)
    if entry.member_id is not None:
        member = await MEMBERS.find(db, actor, entry.member_id)
        if member is None or not member.is_active or member.root_id != unit.root_id:
            raise UnknownHead
    refuse_own_case(actor, entry.member_id)
    refuse_wrong_dates(HEAD_DATES, {"valid_from": entry.valid_from}, today)
    if not await queries.has_body(db, unit.id, entry.kind, today):
        raise NoSuchMassOrganization(kind=entry.kind.label)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    head = MassOrganizationHead(**entry.model_dump(), **owned)
    db.add(head)
    await _tell(db, head, actor=actor)
    return head


async def end_mass_organization_head(
    db: AsyncSession, head: MassOrganizationHead, ended_on: date, *, actor: Actor, today: date
) -> MassOrganizationHead:
    refuse_own_case(actor, head.member_id)
    refuse_void(head)
    if head.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(HEAD_DATES, {"valid_from": head.valid_from, "ended_on": ended_on}, today)
    head.ended_on = ended_on
    await _tell(db, head, actor=actor)
    return head


async def void_mass_organization_head(
    db: AsyncSession, head: MassOrganizationHead, reason: str, *, actor: Actor
) -> MassOrganizationHead:
    refuse_own_case(actor, head.member_id)
    void_row(db, head, reason)
    await _tell(db, head, actor=actor)
    return head


async def _tell(db: AsyncSession, head: MassOrganizationHead, *, actor: Actor) -> None:
    await db.flush()
    told = MassOrganizationHeadChanged(
        id=head.id,
        unit_id=head.unit_id,
        kind=head.kind,
        valid_from=head.valid_from,
        ended_on=head.ended_on,
        is_void=head.void_reason is not None,
    )
    path = await unit_queries.path_of(db, await db.get_one(Unit, head.unit_id))
    await record_event(db, told, subject=head.id, version=head.version, root_id=head.root_id, path=path, actor=actor)
