from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.tree.stars.models import OrganizationStar


def _newest_first(wanted: Any, organization_id: Any, year: Any) -> Select[Any]:
    star = OrganizationStar
    query = select(wanted).where(star.organization_id == organization_id, star.year == year)
    return query.order_by(star.published_on.desc(), star.id.desc()).limit(1)


async def star_of(db: AsyncSession, organization_id: UUID, year: int) -> OrganizationStar | None:
    """The star record of a year: what was published last."""
    found: OrganizationStar | None = await db.scalar(_newest_first(OrganizationStar, organization_id, year))
    return found


def level_of(organization_id: Any, year: Any) -> Any:
    """The level of the star record, as a column of the row that has the organisation and the year."""
    return _newest_first(OrganizationStar.level, organization_id, year).scalar_subquery()
