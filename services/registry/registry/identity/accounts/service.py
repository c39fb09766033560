from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import real_now
from records.events import record_event
from records.registers import Register
from registry.identity.accounts import queries
from registry.identity.accounts.events import (
    AccountDisabled,
    AccountEnabled,
    AccountEvent,
    AccountOpened,
    AccountUnlocked,
    PasswordChanged,
    PasswordChangeRefused,
    PasswordReset,
)
from registry.identity.accounts.models import Account, FormerPassword
from registry.identity.accounts.passwords import Passwords
from registry.identity.accounts.rules import PROFILES, PasswordProfile, weaknesses
from registry.identity.accounts.schemas import AccountOpen, AccountRead
from registry.identity.activations.service import IssuedLink, issue_for_account
from registry.identity.refresh_tokens.models import LoginEnd
from registry.identity.refresh_tokens.service import end_logins_of
from registry.identity.throttles import service as throttles
from registry.identity.transactions import OpenTransaction
from registry.liaison.instructors import queries as instructor_queries
from registry.members.members import queries as member_queries
from registry.settings import Settings
from registry.tree.organizations import queries as organization_queries


class UsernameTaken(problems.Conflict):
    code = "username-taken"
    detail = "这个用户名已被使用,请换一个"


class PersonHasAccount(problems.Conflict):
    code = "person-has-account"
    detail = "此人已有账号"


class AccountNotFound(problems.NotFound):
    code = "account-not-found"
    detail = "没有找到账号,或不在您的管理范围内"


class PersonNotFound(problems.NotFound):
    code = "person-not-found"
    detail = "没有找到此人,或不在您的管理范围内"


class OwnAccount(problems.Conflict):
    code = "own-account"
    detail = "不能对自己的账号进行这项操作,请由另一位管理员办理"


class AccountIsDisabled(problems.Conflict):
    code = "account-disabled"
    detail = "账号已经停用"


class AccountIsEnabled(problems.Conflict):
    code = "account-enabled"
    detail = "账号没有停用"


class WeakPassword(problems.Unprocessable):
    code = "weak-password"
    detail = "口令不符合要求,请按提示修改"


class PasswordUsedBefore(problems.Unprocessable):
    code = "password-used-before"
    detail = "新口令与近期用过的口令相同,请换一个"


class PasswordWrong(problems.Unprocessable):
    code = "current-password-wrong"
    detail = "现口令不正确"


class TooManyAttempts(problems.TooManyRequests):
    code = "too-many-attempts"
    detail = "尝试次数过多,请按 Retry-After 给出的秒数等待后再试"


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_accounts_username": UsernameTaken,
    "uq_accounts_member_id": PersonHasAccount,
    "uq_accounts_instructor_id": PersonHasAccount,
}


ACCOUNTS = Register(
    "账号",
    Account,
    AccountRead,
    AccountNotFound,
    queries.seen,
    derived={
        "member_name": member_queries.name_of(Account.member_id),
        "instructor_name": instructor_queries.name_of(Account.instructor_id),
        "organization_id": queries.organization_id_of_person(),
        "organization_name": organization_queries.name_of(queries.organization_id_of_person()),
        "is_activated": Account.password_hash.is_not(None),
    },
)


@dataclass(frozen=True, slots=True)
class OpenedAccount:
    account: Account
    link: IssuedLink


def profile_of(settings: Settings) -> PasswordProfile:
    return PROFILES[settings.password_profile]


async def open_account(db: AsyncSession, opening: AccountOpen, *, actor: Actor, settings: Settings) -> OpenedAccount:
    member_id, instructor_id = opening.member_id, opening.instructor_id
    if not await queries.has_visible_person(db, actor, member_id=member_id, instructor_id=instructor_id):
        raise PersonNotFound
    account = await add_account(db, opening.username, member_id=member_id, instructor_id=instructor_id, actor=actor)
    link = await issue_for_account(db, account.id, lifetime=settings.activation_lifetime, issued_by=actor.subject)
    return OpenedAccount(account, link)


async def add_account(
    db: AsyncSession,
    username: str,
    *,
    member_id: UUID | None = None,
    instructor_id: UUID | None = None,
    actor: Actor | None = None,
) -> Account:
    account = Account(username=username, member_id=member_id, instructor_id=instructor_id, created_at=real_now())
    db.add(account)
    await db.flush()
    opened = AccountOpened(id=account.id, person=member_id or instructor_id)
    await record_account(db, account, opened, actor=actor)
    return account


async def record_account(db: AsyncSession, account: Account, payload: AccountEvent, *, actor: Actor | None) -> None:
    await record_event(db, payload, subject=account.id, version=account.version, actor=actor)


async def _managed(db: AsyncSession, account_id: UUID, actor: Actor, *, if_match: int | None = None) -> Account:
    account = await ACCOUNTS.require(db, actor, account_id, lock=True, if_match=if_match)
    if account.id == actor.subject:
        raise OwnAccount
    return account


async def reset_password(db: AsyncSession, account_id: UUID, *, actor: Actor, settings: Settings) -> IssuedLink:
    """The old password stops at once; nobody but the holder of the link chooses the new one."""
    account = await _managed(db, account_id, actor)
    _remember(db, account)
    account.password_hash = account.password_changed_at = None
    await end_logins_of(db, account.id, LoginEnd.PASSWORD_RESET)
    await throttles.clear(db, account.username)
    await db.flush()
    await record_account(db, account, PasswordReset(id=account.id), actor=actor)
    return await issue_for_account(db, account.id, lifetime=settings.activation_lifetime, issued_by=actor.subject)


async def unlock(db: AsyncSession, account_id: UUID, *, actor: Actor) -> Account:
    account = await _managed(db, account_id, actor)
    await throttles.clear(db, account.username)
    await record_account(db, account, AccountUnlocked(id=account.id), actor=actor)
    return account


async def disable(db: AsyncSession, account_id: UUID, reason: str, *, actor: Actor, if_match: int) -> Account:
    """Nobody signs in or refreshes with it from now on, and what was issued is revoked."""
    account = await _managed(db, account_id, actor, if_match=if_match)
    if not account.is_active:
        raise AccountIsDisabled
    account.is_active = False
    await end_logins_of(db, account.id, LoginEnd.ACCOUNT_DISABLED)
    await db.flush()
    await record_account(db, account, AccountDisabled(id=account.id, reason=reason), actor=actor)
    return account


async def enable(db: AsyncSession, account_id: UUID, reason: str, *, actor: Actor, if_match: int) -> Account:
    """The password is the old one; logins that were ended stay ended."""
    account = await _managed(db, account_id, actor, if_match=if_match)
    if account.is_active:
        raise AccountIsEnabled
    account.is_active = True
    await db.flush()
    await record_account(db, account, AccountEnabled(id=account.id, reason=reason), actor=actor)
    return account


def refuse_weak(password: str, *, username: str, profile: PasswordProfile, pointer: str) -> None:
    found = weaknesses(password, username=username, profile=profile)
    if found:
        raise WeakPassword(fields=[problems.FieldError(pointer, sentence) for sentence in found])


async def refuse_repeated(password: str, *, current: str | None, former: list[str], passwords: Passwords) -> None:
    for stored in (current, *former):
        if stored is not None and await passwords.matches(password, stored):
            raise PasswordUsedBefore


def set_password(db: AsyncSession, account: Account, password_hash: str) -> None:
    _remember(db, account)
    account.password_hash, account.password_changed_at = password_hash, real_now()
    account.must_change_password = False


def _remember(db: AsyncSession, account: Account) -> None:
    if account.password_hash is not None:
        former = FormerPassword(account_id=account.id, password_hash=account.password_hash, replaced_at=real_now())
        db.add(former)


async def change_password(
    transactions: OpenTransaction,
    *,
    actor: Actor,
    current: str,
    new: str,
    address: str,
    passwords: Passwords,
    settings: Settings,
) -> None:
    """Every other login of the account ends; a wrong current password counts like a failed login."""
    profile = profile_of(settings)
    async with transactions() as db:
        account = await db.get(Account, actor.subject)
        if account is None:
            raise problems.Unauthenticated
        former = await queries.former_hashes(db, account.id, most=profile.remembered)
        wait = await throttles.charge(db, username=account.username, address=address, settings=settings)
    if wait:
        raise TooManyAttempts(retry_after=wait)
    if not await passwords.matches(current, account.password_hash):
        async with transactions() as db:
            await record_account(db, account, PasswordChangeRefused(id=account.id), actor=actor)
        raise PasswordWrong(fields=[problems.FieldError("/body/current_password", PasswordWrong.detail)])
    refuse_weak(new, username=account.username, profile=profile, pointer="/body/new_password")
    await refuse_repeated(new, current=account.password_hash, former=former, passwords=passwords)
    hashed = await passwords.hash(new)
    async with transactions() as db:
        await _store_changed(db, account, hashed, actor=actor)
        await throttles.settle_success(db, username=account.username, address=address, settings=settings)


async def _store_changed(db: AsyncSession, seen: Account, hashed: str, *, actor: Actor) -> None:
    account = await queries.locked_for_change(db, seen.id)
    if account is None or account.password_hash != seen.password_hash:
        raise problems.PreconditionFailed
    set_password(db, account, hashed)
    await end_logins_of(db, account.id, LoginEnd.PASSWORD_CHANGED, except_login=actor.login_id)
    await db.flush()
    await record_account(db, account, PasswordChanged(id=account.id), actor=actor)
