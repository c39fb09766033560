from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.events.log import Event
from registry.tree.organizations.models import PartyOrganization
from registry.tree.stars.models import OrganizationStar


async def keep_star(db: AsyncSession, event: Event) -> None:
    """One row for each star that was published; told again, it stays one."""
    told = event.data
    star_id = UUID(told["id"])
    organization = await db.get(PartyOrganization, UUID(told["subject_id"]))
    if organization is None or await db.get(OrganizationStar, star_id) is not None:
        return
    published_on = date.fromisoformat(told["published_on"])
    place = {"organization_id": organization.id, "root_id": organization.root_id}
    db.add(OrganizationStar(id=star_id, year=told["year"], level=told["level"], published_on=published_on, **place))
    await db.flush()
