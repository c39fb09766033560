from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reviews.vetoes.models import Veto


async def is_vetoed(db: AsyncSession, review_id: UUID, subject_id: UUID) -> bool:
    """Whether a veto stands that nobody has lifted."""
    query = exists().where(Veto.review_id == review_id, Veto.subject_id == subject_id, Veto.lifted_on.is_(None))
    return bool(await db.scalar(select(query)))
