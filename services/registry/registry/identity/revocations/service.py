import math
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import real_now
from registry.identity.revocations import queries
from registry.identity.revocations.models import Revocation


async def revoke_logins(db: AsyncSession, login_ids: Iterable[UUID]) -> None:
    moment = real_now()
    rows = [{"login_id": login_id, "revoked_at": moment} for login_id in login_ids]
    if rows:
        await db.execute(insert(Revocation), rows)


async def revoke_subjects(db: AsyncSession, subjects: Iterable[UUID], *, at: datetime | None = None) -> None:
    """Make access tokens issued up to `at` worthless; the login goes on and its next token says what holds now."""
    moment = at or real_now()
    rows = [{"subject": subject, "revoked_at": moment} for subject in subjects]
    if rows:
        await db.execute(insert(Revocation), rows)


async def seconds_until_issuable(db: AsyncSession, subject: UUID) -> float:
    """A token carries whole seconds: one issued in the second of a revocation would be revoked with the old ones."""
    revoked_at = await queries.last_revoked_at(db, subject)
    if revoked_at is None:
        return 0.0
    return max(0.0, math.floor(revoked_at.timestamp()) + 1 - real_now().timestamp())


async def forget_revocations(db: AsyncSession, *, before: datetime) -> None:
    """Older than the longest access token, a revocation covers nothing any more."""
    await db.execute(delete(Revocation).where(Revocation.recorded_at < before))
