import hashlib
import math
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import real_now
from kit.domains import Domain
from registry.identity.throttles import models
from registry.identity.throttles.models import LoginThrottle
from registry.identity.throttles.rules import Attempts, Limit, charged, refunded
from registry.settings import Settings


def account_key(username: str) -> bytes:
    return _hash(f"account:{username}")


def address_key(address: str) -> bytes:
    return _hash(f"address:{address}")


def limits(settings: Settings) -> tuple[Limit, Limit]:
    """Per account, per address."""
    return (
        Limit(settings.lockout_failures_per_account, settings.lockout_window),
        Limit(settings.lockout_failures_per_address, settings.lockout_window),
    )


async def charge(db: AsyncSession, *, username: str, address: str, settings: Settings) -> int:
    """Count one attempt against both; the seconds to wait, zero when the attempt may go on."""
    account_limit, address_limit = limits(settings)
    waits = [
        await _charge(db, address_key(address), address_limit),
        await _charge(db, account_key(username), account_limit),
    ]
    return math.ceil(max(waits).total_seconds())


async def settle_success(db: AsyncSession, *, username: str, address: str, settings: Settings) -> None:
    row = await _locked(db, address_key(address))
    if row is not None:
        _write(row, refunded(_attempts(row), limit=limits(settings)[1]))
    await clear(db, username)


async def clear(db: AsyncSession, username: str) -> None:
    await db.execute(delete(LoginThrottle).where(LoginThrottle.key == account_key(username)))


async def forget_throttles(db: AsyncSession, *, before: datetime) -> None:
    await db.execute(delete(LoginThrottle).where(LoginThrottle.window_started_at < before))


async def _charge(db: AsyncSession, key: bytes, limit: Limit) -> timedelta:
    moment = real_now()
    blank = insert(LoginThrottle).values(key=key, failures=0, window_started_at=moment)
    await db.execute(blank.on_conflict_do_nothing())
    row = await _locked(db, key)
    if row is None:
        return timedelta(seconds=1)
    attempts, wait = charged(_attempts(row), now=moment, limit=limit)
    _write(row, attempts)
    await db.flush()
    return wait


async def _locked(db: AsyncSession, key: bytes) -> LoginThrottle | None:
    return await db.scalar(select(LoginThrottle).where(LoginThrottle.key == key).with_for_update())


def _attempts(row: LoginThrottle) -> Attempts:
    return Attempts(row.failures, row.window_started_at, row.locked_until)


def _write(row: LoginThrottle, attempts: Attempts) -> None:
    row.failures, row.window_started_at, row.locked_until = attempts


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


DOMAIN = Domain(tables=models, forget=forget_throttles)
