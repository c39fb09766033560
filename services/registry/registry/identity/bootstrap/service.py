from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.clock import business_today
from kit.edge import FIRST_YEAR
from records.events import record_event
from registry.identity.accounts import queries as accounts
from registry.identity.accounts import service as account_service
from registry.identity.accounts.events import AccountActivated
from registry.identity.accounts.models import Account
from registry.identity.accounts.passwords import Passwords
from registry.identity.activations.models import ActivationLink, AdministratorRole
from registry.identity.activations.service import ActivationLinkInvalid, IssuedLink, find, issue_for_administrator, take
from registry.identity.bootstrap.events import ActivationLinkIssued
from registry.identity.bootstrap.schemas import ActivationUse
from registry.identity.grants.models import Role
from registry.identity.grants.service import add_grant
from registry.identity.transactions import OpenTransaction
from registry.settings import Settings

ROLES = {
    AdministratorRole.SYSTEM: Role.SYSTEM_ADMINISTRATOR,
    AdministratorRole.SECURITY: Role.SECURITY_ADMINISTRATOR,
    AdministratorRole.AUDIT: Role.AUDIT_ADMINISTRATOR,
}
FIRST_ADMINISTRATOR = "凭一次性链接启用"
BEGINNING = date(FIRST_YEAR, 1, 1)  # of a demonstration, whose clock may be moved to any day


class UsernameNeeded(problems.Unprocessable):
    code = "username-needed"
    detail = "启用管理员账号须填写用户名"


class UsernameDiffers(problems.Unprocessable):
    code = "username-differs"
    detail = "用户名与账号不符,可以不填"


async def invite_administrator(db: AsyncSession, role: AdministratorRole, *, settings: Settings) -> IssuedLink:
    """For the operator on the server's own command line: the only way to the first account of each administrator."""
    link, issued = await issue_for_administrator(db, role, lifetime=settings.activation_lifetime)
    told = ActivationLinkIssued(id=link.id, administrator_role=role)
    await record_event(db, told, subject=link.id)
    return issued


async def activate(
    transactions: OpenTransaction, token: str, use: ActivationUse, *, passwords: Passwords, settings: Settings
) -> Account:
    password, profile = use.password.get_secret_value(), account_service.profile_of(settings)
    async with transactions() as db:
        link = await find(db, token)
        account = await db.get_one(Account, link.account_id) if link.account_id else None
        former = await accounts.former_hashes(db, account.id, most=profile.remembered) if account else []
    username = _username(use, account)
    account_service.refuse_weak(password, username=username, profile=profile, pointer="/body/password")
    await account_service.refuse_repeated(password, current=None, former=former, passwords=passwords)
    hashed = await passwords.hash(password)
    async with transactions() as db:
        taken = await take(db, token)
        since = BEGINNING if settings.demonstration else await business_today(db)
        return await _enable(db, taken, username, hashed, since)


def _username(use: ActivationUse, account: Account | None) -> str:
    if account is None and use.username is None:
        raise UsernameNeeded
    if account is not None and use.username not in (None, account.username):
        raise UsernameDiffers
    return account.username if account is not None else str(use.username)


async def _enable(db: AsyncSession, link: ActivationLink, username: str, hashed: str, since: date) -> Account:
    if link.administrator_role is not None:
        account = await _add_administrator(db, username, link.administrator_role, since)
    else:
        account = await _locked(db, link.account_id)
    account_service.set_password(db, account, hashed)
    await db.flush()
    await account_service.record_account(db, account, AccountActivated(id=account.id), actor=None)
    return account


async def _add_administrator(db: AsyncSession, username: str, role: AdministratorRole, since: date) -> Account:
    account = await account_service.add_account(db, username)
    await add_grant(
        db,
        account_id=account.id,
        role=ROLES[role],
        organization=None,
        valid_from=since,
        reason=FIRST_ADMINISTRATOR,
        actor=None,
    )
    return account


async def _locked(db: AsyncSession, account_id: UUID | None) -> Account:
    account = await accounts.locked_for_change(db, account_id) if account_id else None
    if account is None or not account.is_active:
        raise ActivationLinkInvalid
    return account
