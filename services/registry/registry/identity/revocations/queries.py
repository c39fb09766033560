from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.identity.revocations.models import Revocation

OVERLAP = timedelta(seconds=15)


async def recorded_since(db: AsyncSession, moment: datetime) -> Sequence[Revocation]:
    """Answers overlap by some seconds, so that a revocation of a slower transaction is not missed."""
    found = await db.scalars(
        select(Revocation).where(Revocation.recorded_at >= moment - OVERLAP).order_by(Revocation.id)
    )
    return found.all()


async def last_revoked_at(db: AsyncSession, subject: UUID) -> datetime | None:
    return await db.scalar(select(func.max(Revocation.revoked_at)).where(Revocation.subject == subject))
