import asyncio
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import real_now
from records.events import record_event
from registry.identity.accounts import queries as accounts
from registry.identity.accounts.models import Account
from registry.identity.accounts.passwords import Passwords
from registry.identity.accounts.rules import has_expired
from registry.identity.accounts.service import TooManyAttempts, profile_of
from registry.identity.authorities.service import access_token_end, authority_of
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins.events import LoginClosed, LoginFailed, LoginOpened, RefreshTokenRefused
from registry.identity.logins.schemas import LoginRead
from registry.identity.logins.tokens import sign_access_token
from registry.identity.refresh_tokens.models import LoginEnd
from registry.identity.refresh_tokens.service import Refused, Rotated, end_login_by_id, open_family, rotate
from registry.identity.revocations.service import seconds_until_issuable
from registry.identity.throttles import service as throttles
from registry.identity.transactions import OpenTransaction
from registry.settings import Settings

NOBODY = UUID(int=0)


class LoginRefused(problems.Unauthenticated):
    code = "login-refused"
    detail = "用户名或口令不正确"


class RefreshRefused(problems.Unauthenticated):
    code = "refresh-refused"
    detail = "登录已失效,请重新登录"


class RefreshRaceLost(problems.Conflict):
    """Another tab was faster and has gone on since: its token is the one to use, nobody need log in again."""

    code = "refresh-race-lost"
    detail = "登录已由另一页面续期,请使用新的刷新令牌,无需重新登录"


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing a token needs beside the database."""

    keys: SigningKeys
    settings: Settings


async def open_login(
    transactions: OpenTransaction, *, username: str, password: str, address: str, passwords: Passwords, issuing: Issuing
) -> LoginRead:
    """Unknown, inactive and not yet activated accounts answer, cost and count like a wrong password."""
    settings = issuing.settings
    async with transactions() as db:
        account = await accounts.by_username(db, username)
        wait = await throttles.charge(db, username=username, address=address, settings=settings)
        if wait:
            await _record_refusal(db, account, "locked")
    if wait:
        raise TooManyAttempts(retry_after=wait)
    stored = account.password_hash if account is not None and account.is_active else None
    matches = await passwords.matches(password, stored)
    async with transactions() as db:
        current = await accounts.locked_for_change(db, account.id) if account is not None else None
        if current is not None and matches and current.password_hash == stored and current.is_active:
            await throttles.settle_success(db, username=username, address=address, settings=settings)
            return await _admit(db, current, issuing)
        await _record_refusal(db, account, "password")
    raise LoginRefused


async def _admit(db: AsyncSession, account: Account, issuing: Issuing) -> LoginRead:
    settings = issuing.settings
    if has_expired(account.password_changed_at, now=real_now(), profile=profile_of(settings)):
        account.must_change_password = True
    family = await open_family(
        db, account.id, token_lifetime=settings.idle_lifetime, login_lifetime=settings.login_lifetime
    )
    await record_event(db, LoginOpened(id=family.login.id, account_id=account.id), subject=family.login.id)
    return await _answer(db, account, family, issuing)


async def _answer(db: AsyncSession, account: Account, family: Rotated, issuing: Issuing) -> LoginRead:
    await asyncio.sleep(await seconds_until_issuable(db, account.id))
    authority = await authority_of(db, account)
    token, seconds = sign_access_token(
        issuing.keys,
        issuer=issuing.settings.issuer,
        subject=account.id,
        roles=() if account.must_change_password else authority.roles,
        expires_at=await access_token_end(db, authority, settings=issuing.settings),
        login_id=family.login.id,
        person=account.member_id,
    )
    return LoginRead(
        access_token=token,
        refresh_token=family.refresh_token,
        expires_in=seconds,
        login_id=family.login.id,
        must_change_password=account.must_change_password,
    )


async def refresh_login(transactions: OpenTransaction, *, refresh_token: str, issuing: Issuing) -> LoginRead:
    """Roles are read anew; a token reused late ends the whole login, and that is kept although the answer is 401."""
    settings = issuing.settings
    async with transactions() as db:
        login, outcome = await rotate(
            db,
            refresh_token,
            token_lifetime=settings.idle_lifetime,
            race_window=settings.refresh_race_window,
        )
        if login is not None and isinstance(outcome, Rotated):
            account = await db.get_one(Account, login.account_id)
            if account.is_active:
                return await _answer(db, account, outcome, issuing)
        if login is not None:
            reason = outcome.name.lower() if isinstance(outcome, Refused) else "inactive"
            refused = RefreshTokenRefused(id=login.id, account_id=login.account_id, reason=reason)
            await record_event(db, refused, subject=login.id)
    raise RefreshRaceLost if outcome is Refused.RACE_LOST else RefreshRefused


async def close_login(db: AsyncSession, *, actor: Actor) -> None:
    if actor.login_id is None:
        return
    await end_login_by_id(db, actor.login_id, LoginEnd.LOGGED_OUT)
    await record_event(db, LoginClosed(id=actor.login_id, account_id=actor.subject), subject=actor.login_id)


async def _record_refusal(db: AsyncSession, account: Account | None, reason: str) -> None:
    account_id = account.id if account is not None else None
    await record_event(db, LoginFailed(account_id=account_id, reason=reason), subject=account_id or NOBODY)
