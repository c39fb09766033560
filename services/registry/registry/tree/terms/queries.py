from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.tree.terms.models import Election


async def last_election(db: AsyncSession, organization_id: UUID) -> Election | None:
    query = select(Election).where(Election.organization_id == organization_id, Election.void_reason.is_(None))
    found: Election | None = await db.scalar(query.order_by(Election.held_on.desc(), Election.id.desc()).limit(1))
    return found


def is_on_time() -> Any:
    """Where no end of the term before was known, the election ended a term of unknown length: nobody was late."""
    return func.coalesce(Election.held_on <= Election.due_on, True)


def on_time(wanted: bool) -> Any:
    return is_on_time().is_(wanted)
