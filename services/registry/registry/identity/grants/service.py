from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.bitemporal import succeed
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, standing_or_void, void_record
from registry.identity.accounts import queries as accounts
from registry.identity.accounts.service import ACCOUNTS
from registry.identity.grants import queries
from registry.identity.grants.events import GrantChanged
from registry.identity.grants.models import Grant, Role
from registry.identity.grants.rules import are_separate, fits_level, is_administrator
from registry.identity.grants.schemas import GrantEnd, GrantGive, GrantRead
from registry.identity.revocations.service import revoke_subjects
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.models import PartyOrganization


class SeparationOfDuties(problems.Conflict):
    code = "separation-of-duties"
    detail = "系统、安全、审计管理员须由不同的人担任,管理员账号不能再有其他角色"


class GrantNotFound(problems.NotFound):
    code = "grant-not-found"
    detail = "没有找到这项授权,或不在您的管理范围内"


class GrantToSelf(problems.Conflict):
    code = "grant-to-self"
    detail = "不能给自己授权或终止自己的授权,请由另一位管理员办理"


class GrantRepeated(problems.Conflict):
    code = "grant-repeated"
    detail = "该账号已有同一角色、同一党组织、同一起始日的授权"


class GrantEnded(problems.Conflict):
    code = "grant-ended"
    detail = "这项授权在所填日期之前已经终止"


class OrganizationUnsuitable(problems.Unprocessable):
    code = "organization-unsuitable"
    detail = "这个角色须授予对应层级的党组织"


class PeriodReversed(problems.Unprocessable):
    code = "period-reversed"
    detail = "终止日须晚于起始日"


GRANTS = Register(
    "授权",
    Grant,
    GrantRead,
    GrantNotFound,
    queries.seen,
    derived={
        "account_name": accounts.name_of(Grant.account_id),
        "person_name": accounts.person_name_of(Grant.account_id),
        "organization_name": organization_queries.name_of(Grant.organization_id),
    },
    only=standing_or_void(Grant),
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_grants_administrator": SeparationOfDuties,
    "uq_grants_account_id_role_organization_id": GrantRepeated,
}


async def give_grant(db: AsyncSession, giving: GrantGive, *, actor: Actor, today: date) -> Grant:
    account_id = giving.account_id
    if account_id == actor.subject:
        raise GrantToSelf
    await ACCOUNTS.require(db, actor, account_id, lock=True)
    organization = await _organization(db, giving, actor)
    if not are_separate(giving.role, await queries.roles_ever_held(db, account_id)):
        raise SeparationOfDuties
    valid_from = giving.valid_from or today
    if giving.valid_to is not None and giving.valid_to <= valid_from:
        raise PeriodReversed
    return await add_grant(
        db,
        account_id=account_id,
        role=giving.role,
        organization=organization,
        valid_from=valid_from,
        valid_to=giving.valid_to,
        reason=giving.reason,
        actor=actor,
    )


async def _organization(db: AsyncSession, giving: GrantGive, actor: Actor) -> PartyOrganization | None:
    if giving.organization_id is None:
        if not is_administrator(giving.role) or not accounts.is_unlimited(actor):
            raise OrganizationUnsuitable
        return None
    organization = await queries.organization_for(db, actor, giving.organization_id)
    if organization is None or not fits_level(giving.role, organization.level):
        raise OrganizationUnsuitable
    return organization


async def add_grant(
    db: AsyncSession,
    *,
    account_id: UUID,
    role: Role,
    organization: PartyOrganization | None,
    valid_from: date,
    valid_to: date | None = None,
    reason: str,
    actor: Actor | None,
) -> Grant:
    grant = Grant(
        account_id=account_id,
        role=role,
        organization_id=organization.id if organization else None,
        root_id=organization.root_id if organization else None,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        recorded_by=actor.subject if actor else None,
    )
    db.add(grant)
    await db.flush()
    await _record_change(db, grant, actor)
    return grant


async def end_grant(db: AsyncSession, grant: Grant, ending: GrantEnd, *, actor: Actor, today: date) -> Grant:
    """The earlier record is closed, not changed; access tokens that carry the role end with it."""
    if grant.account_id == actor.subject:
        raise GrantToSelf
    refuse_void(grant)
    ended_on = max(ending.ended_on or today, grant.valid_from)
    if grant.valid_to is not None and grant.valid_to <= ended_on:
        raise GrantEnded
    ended = await succeed(db, grant, valid_to=ended_on, reason=ending.reason, recorded_by=actor.subject)
    await revoke_subjects(db, [grant.account_id])
    await _record_change(db, ended, actor)
    return ended


async def void_grant(db: AsyncSession, grant: Grant, reason: str, *, actor: Actor) -> Grant:
    """It never held, and no longer counts among the roles that must be kept separate."""
    if grant.account_id == actor.subject:
        raise GrantToSelf
    voided = await void_record(db, grant, reason, recorded_by=actor.subject)
    await revoke_subjects(db, [grant.account_id])
    await _record_change(db, voided, actor)
    return voided


async def _record_change(db: AsyncSession, grant: Grant, actor: Actor | None) -> None:
    path = None
    if grant.organization_id is not None:
        query = select(PartyOrganization.path).where(PartyOrganization.id == grant.organization_id)
        path = await db.scalar(query)
    changed = GrantChanged.model_validate(grant)
    await record_event(
        db, changed, subject=grant.id, version=grant.version, root_id=grant.root_id, path=path, actor=actor
    )
