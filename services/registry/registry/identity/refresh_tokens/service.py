"""Rotation: each refresh token has one successor; a use after the race window ends the whole login (RFC 9700 §4.14).

Within the window the same successor is told again while nobody has used it: two tabs of a browser stay signed in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import real_now
from kit.domains import Domain
from registry.identity.refresh_tokens import models
from registry.identity.refresh_tokens.models import Login, LoginEnd, RefreshToken
from registry.identity.revocations.service import revoke_logins
from registry.identity.secret_tokens import new_nonce, new_secret, secret_hash, successor_of


class Refused(Enum):
    UNKNOWN = auto()
    EXPIRED = auto()
    ENDED = auto()
    RACE_LOST = auto()
    REUSED = auto()


@dataclass(frozen=True, slots=True)
class Rotated:
    login: Login
    refresh_token: str


async def open_family(
    db: AsyncSession, account_id: UUID, *, token_lifetime: timedelta, login_lifetime: timedelta
) -> Rotated:
    moment = real_now()
    login = Login(account_id=account_id, opened_at=moment, expires_at=moment + login_lifetime)
    db.add(login)
    await db.flush()
    return Rotated(login, _issue(db, login, new_secret(), moment, token_lifetime))


async def rotate(
    db: AsyncSession, secret: str, *, token_lifetime: timedelta, race_window: timedelta
) -> tuple[Login | None, Rotated | Refused]:
    """Exactly one of any number of parallel callers wins; the row lock of the UPDATE decides which."""
    moment, hashed, nonce = real_now(), secret_hash(secret), new_nonce()
    used = (
        update(RefreshToken)
        .where(RefreshToken.token_hash == hashed, RefreshToken.used_at.is_(None))
        .values(used_at=moment, successor_nonce=nonce)
        .returning(RefreshToken.login_id, RefreshToken.expires_at)
    )
    won = (await db.execute(used)).first()
    if won is None:
        return await _answer_again(db, secret, moment, race_window)
    login = await _lock(db, won.login_id)
    if login.ended_at is not None:
        return login, Refused.ENDED
    if min(won.expires_at, login.expires_at) <= moment:
        return login, Refused.EXPIRED
    return login, Rotated(login, _issue(db, login, successor_of(secret, nonce), moment, token_lifetime))


async def _answer_again(
    db: AsyncSession, secret: str, moment: datetime, race_window: timedelta
) -> tuple[Login | None, Rotated | Refused]:
    token = await _token(db, secret)
    if token is None:
        return None, Refused.UNKNOWN
    login = await _lock(db, token.login_id)
    if token.used_at is None or moment - token.used_at > race_window:
        await end_login(db, login, LoginEnd.TOKEN_REUSED)
        return login, Refused.REUSED
    if login.ended_at is not None:
        return login, Refused.ENDED
    if login.expires_at <= moment:
        return login, Refused.EXPIRED
    told = successor_of(secret, token.successor_nonce) if token.successor_nonce is not None else ""
    successor = await _token(db, told)
    is_open = successor is not None and successor.used_at is None
    return login, Rotated(login, told) if is_open else Refused.RACE_LOST


async def _token(db: AsyncSession, secret: str) -> RefreshToken | None:
    found: RefreshToken | None = await db.scalar(
        select(RefreshToken).where(RefreshToken.token_hash == secret_hash(secret))
    )
    return found


async def _lock(db: AsyncSession, login_id: UUID) -> Login:
    return (await db.scalars(select(Login).where(Login.id == login_id).with_for_update())).one()


def _issue(db: AsyncSession, login: Login, secret: str, moment: datetime, lifetime: timedelta) -> str:
    expires_at = min(moment + lifetime, login.expires_at)
    db.add(RefreshToken(login_id=login.id, token_hash=secret_hash(secret), issued_at=moment, expires_at=expires_at))
    return secret


async def end_login(db: AsyncSession, login: Login, reason: LoginEnd) -> None:
    if login.ended_at is not None:
        return
    login.ended_at, login.end_reason = real_now(), reason
    await revoke_logins(db, [login.id])


async def end_login_by_id(db: AsyncSession, login_id: UUID, reason: LoginEnd) -> None:
    """A login opened after the backup this database came from is unknown; its access token ends all the same."""
    login = await db.scalar(select(Login).where(Login.id == login_id).with_for_update())
    if login is None:
        await revoke_logins(db, [login_id])
        return
    await end_login(db, login, reason)


async def end_logins_of(
    db: AsyncSession, account_id: UUID, reason: LoginEnd, *, except_login: UUID | None = None
) -> None:
    open_ones = Login.account_id == account_id, Login.ended_at.is_(None), Login.id.is_distinct_from(except_login)
    ended = update(Login).where(*open_ones).values(ended_at=real_now(), end_reason=reason).returning(Login.id)
    await revoke_logins(db, (await db.scalars(ended)).all())


async def forget_refresh_tokens(db: AsyncSession, *, before: datetime) -> None:
    """A token past its own expiry proves nothing; the login row stays as a record."""
    await db.execute(delete(RefreshToken).where(RefreshToken.expires_at < before))


DOMAIN = Domain(tables=models, forget=forget_refresh_tokens)
