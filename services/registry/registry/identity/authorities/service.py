from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.calendar import SHANGHAI, real_now
from kit.clock import business_now, business_today
from registry.identity.accounts.models import Account
from registry.identity.accounts.queries import person_of
from registry.identity.accounts.service import ACCOUNTS, AccountNotFound
from registry.identity.authorities import queries
from registry.identity.authorities.rules import Authority, Basis, HeldRole, authority_on, holds_on, role_of, token_end
from registry.identity.authorities.schemas import (
    AccountRolesRead,
    HeldRoleRead,
    OwnAccountRead,
    PersonRead,
    RoleSourceRead,
)
from registry.identity.grants.models import Role
from registry.identity.revocations.service import revoke_subjects
from registry.settings import Settings
from registry.tree.posts.kinds import PostKind

LABELS = {role.value: role.label for role in Role}
KINDS = {kind.value: kind for kind in PostKind}


async def authority_of(db: AsyncSession, account: Account) -> Authority:
    today = await business_today(db)
    return authority_on(today, await queries.holdings_of(db, account, today))


async def access_token_end(db: AsyncSession, authority: Authority, *, settings: Settings) -> datetime:
    moment = real_now()
    return token_end(
        issued_at=moment,
        lifetime=settings.access_token_lifetime,
        change_at=None if authority.changes_on is None else midnight(authority.changes_on),
        clock_ahead=await business_now(db) - moment,
    )


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


async def describe_own_account(db: AsyncSession, *, actor: Actor) -> OwnAccountRead:
    account = await db.get(Account, actor.subject)
    if account is None:
        raise AccountNotFound
    authority = await authority_of(db, account)
    names = await queries.names_of(db, authority.roles)
    person = await person_of(db, account)
    return OwnAccountRead(
        account_id=account.id,
        username=account.username,
        person=PersonRead(id=person[0], name=person[1]) if person else None,
        roles=[_read(held, names) for held in authority.roles],
        must_change_password=account.must_change_password,
    )


async def describe_roles(db: AsyncSession, account_id: UUID, *, actor: Actor) -> AccountRolesRead:
    """Every post, grant, assignment and membership that gives the account a role, today or later."""
    account = await ACCOUNTS.require(db, actor, account_id)
    today = await business_today(db)
    found = [(role, one) for one in await queries.holdings_of(db, account, today) if (role := role_of(one))]
    names = await queries.names_of(db, [HeldRole(role, one.organization_id) for role, one in found])
    roles = [
        RoleSourceRead(
            **dict(_read(HeldRole(role, one.organization_id), names)),
            basis=one.basis,
            post_kind=KINDS[one.kind] if one.basis is Basis.POST else None,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            holds_today=holds_on(today, one),
        )
        for role, one in sorted(found, key=str)
    ]
    return AccountRolesRead(
        account_id=account.id, account_name=account.username, is_active=account.is_active, roles=roles
    )


def _read(held: HeldRole, names: dict[UUID, str]) -> HeldRoleRead:
    name = names.get(held.organization_id) if held.organization_id else None
    return HeldRoleRead(
        role=held.role, label=LABELS[held.role], organization_id=held.organization_id, organization_name=name
    )


async def revoke_turning(db: AsyncSession, *, after: date, until: date) -> None:
    """The clock was moved: whoever took up or left an office in between needs a new access token."""
    await revoke_subjects(db, await queries.accounts_turning(db, min(after, until), max(after, until)))
