from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import believed
from registry.sites.demonstration_points.models import DemonstrationPoint


async def open_point(db: AsyncSession, organization_id: UUID) -> DemonstrationPoint | None:
    query = select(DemonstrationPoint).where(
        DemonstrationPoint.organization_id == organization_id,
        believed(DemonstrationPoint),
        DemonstrationPoint.valid_to.is_(None),
    )
    found: DemonstrationPoint | None = await db.scalar(query.with_for_update())
    return found


async def next_version(db: AsyncSession, organization_id: UUID) -> int:
    """Versions count all points an organisation ever had, so that readers of its events know the newest."""
    query = select(func.max(DemonstrationPoint.version)).where(DemonstrationPoint.organization_id == organization_id)
    return (await db.scalar(query) or 0) + 1
