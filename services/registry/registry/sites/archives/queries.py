from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.periods import Period
from registry.database import ManyOf
from registry.sites.archives.kinds import ArchiveCategory
from registry.sites.archives.models import ArchiveEntry
from registry.tree.organizations.kinds import PRIMARY_KINDS
from registry.tree.organizations.models import PartyOrganization


def _filed(quarter: Period) -> Select[*tuple[Any, ...]]:
    """By organisation: which categories have something of the quarter."""
    found = func.array_agg(func.distinct(ArchiveEntry.category), type_=ManyOf(ArchiveCategory)).label("found")
    query = select(ArchiveEntry.organization_id, found, func.count().label("entries"))
    return query.where(
        ArchiveEntry.void_reason.is_(None), ArchiveEntry.dated_on.between(quarter.first, quarter.last)
    ).group_by(ArchiveEntry.organization_id)


def checked(actor: Actor, quarter: Period) -> Select[Any]:
    """Every primary organisation of one's area with what its archive has of a quarter."""
    filed = _filed(quarter).subquery()
    query = select(
        PartyOrganization.id.label("organization_id"),
        PartyOrganization.name.label("organization_name"),
        filed.c.found,
        func.coalesce(filed.c.entries, 0).label("entries"),
    ).outerjoin(filed, filed.c.organization_id == PartyOrganization.id)
    return query.where(
        actor.reaches(PartyOrganization.path), PartyOrganization.is_active, PartyOrganization.kind.in_(PRIMARY_KINDS)
    )


async def filed_by(
    db: AsyncSession, quarter: Period, organizations: Collection[UUID]
) -> dict[UUID, set[ArchiveCategory]]:
    """What was in the archives when the quarter ended."""
    query = _filed(quarter).where(
        ArchiveEntry.organization_id.in_(organizations), ArchiveEntry.entered_on <= quarter.last
    )
    return {row.organization_id: set(row.found) for row in await db.execute(query)}
