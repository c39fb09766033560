from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.bitemporal import believed, valid_on
from registry.reach import reach
from registry.sites.demonstration_points.models import DemonstrationLevel, DemonstrationPoint
from registry.tree.organizations.models import PartyOrganization


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationPointFilter:
    organization_id: UUID | None = None
    level: DemonstrationLevel | None = None
    as_of: date | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.organization_id:
            query = query.where(DemonstrationPoint.organization_id == self.organization_id)
        if self.level:
            query = query.where(DemonstrationPoint.level == self.level)
        return query.where(valid_on(DemonstrationPoint, self.as_of)) if self.as_of else query


def visible_to(actor: Actor) -> Select[DemonstrationPoint]:
    query = select(DemonstrationPoint).join(
        PartyOrganization, PartyOrganization.id == DemonstrationPoint.organization_id
    )
    return query.where(believed(DemonstrationPoint), reach(PartyOrganization.path, actor))


def listed_for(actor: Actor, wanted: DemonstrationPointFilter) -> Select[DemonstrationPoint]:
    return wanted.narrow(visible_to(actor)).order_by(DemonstrationPoint.valid_from, DemonstrationPoint.id)


async def find_locked(db: AsyncSession, actor: Actor, point_id: UUID) -> DemonstrationPoint | None:
    query = visible_to(actor).where(DemonstrationPoint.id == point_id).with_for_update(of=DemonstrationPoint)
    found: DemonstrationPoint | None = await db.scalar(query, execution_options={"populate_existing": True})
    return found


async def open_point(db: AsyncSession, organization_id: UUID) -> DemonstrationPoint | None:
    query = select(DemonstrationPoint).where(
        DemonstrationPoint.organization_id == organization_id,
        believed(DemonstrationPoint),
        DemonstrationPoint.valid_to.is_(None),
    )
    found: DemonstrationPoint | None = await db.scalar(query.with_for_update())
    return found


async def last_version(db: AsyncSession, organization_id: UUID) -> int:
    query = select(func.max(DemonstrationPoint.version)).where(DemonstrationPoint.organization_id == organization_id)
    return await db.scalar(query) or 0
