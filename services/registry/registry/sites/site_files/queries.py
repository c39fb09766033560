from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.sites.site_files.models import SiteFile
from registry.tree.organizations.queries import belonging

seen = belonging(SiteFile.organization_id)


def name_of(file_id: Any) -> Any:
    """The name beside a file's id, as a column of the row that has the id."""
    return select(SiteFile.name).where(SiteFile.id == file_id).scalar_subquery()


async def find(db: AsyncSession, actor: Actor, file_id: UUID) -> SiteFile | None:
    found: SiteFile | None = await db.scalar(select(SiteFile).where(SiteFile.id == file_id, seen(actor)))
    return found


async def names_of(db: AsyncSession, organization_id: UUID, file_ids: Collection[UUID]) -> dict[UUID, str]:
    """Of those that the organisation has."""
    query = select(SiteFile.id, SiteFile.name).where(SiteFile.organization_id == organization_id)
    return {row.id: row.name for row in await db.execute(query.where(SiteFile.id.in_(file_ids)))}
