from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, within
from records.bitemporal import believed
from registry.identity.accounts.queries import is_unlimited
from registry.identity.grants.models import Grant
from registry.tree.organizations.models import PartyOrganization


def seen(actor: Actor) -> ColumnElement[bool]:
    """Grants at organisations the caller may see."""
    if is_unlimited(actor):
        return true()
    below = select(PartyOrganization.id).where(within(PartyOrganization.path, actor.paths))
    return Grant.organization_id.in_(below)


async def organization_for(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id, PartyOrganization.is_active)
    if not is_unlimited(actor):
        query = query.where(within(PartyOrganization.path, actor.paths))
    return await db.scalar(query)


async def roles_ever_held(db: AsyncSession, account_id: UUID) -> Sequence[str]:
    return (await db.scalars(select(Grant.role).where(Grant.account_id == account_id, believed(Grant)))).all()
