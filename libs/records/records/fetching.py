"""Rows of statements that make no instances, past what a session does for those."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Executable, Row, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from kit.access import ResolvePaths


async def fetch(db: AsyncSession, query: Executable, values: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
    """In one turn; what the session still has to write is written before."""

    def read(session: Session) -> Sequence[Row[Any]]:
        session.flush()
        return session.connection().execute(query, values).all()

    return await db.run_sync(read)


def resolver_of(organization: Any) -> ResolvePaths:
    """For kit.access: where each granted organisation stands now."""
    is_asked = organization.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    query = select(organization.id, organization.path, organization.root_id).where(is_asked)

    async def resolve_paths(db: AsyncSession, ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, UUID]]:
        return [(row.id, row.path, row.root_id) for row in await fetch(db, query, {"ids": ids})]

    return resolve_paths
