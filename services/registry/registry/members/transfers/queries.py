from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.members.members.models import Member
from registry.members.transfers.models import Transfer
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the old branch always; by the new one from the letter on: before that it knows only that it has asked."""
    arriving = and_(belonging(Transfer.to_organization_id)(actor), Transfer.issued_on.is_not(None))
    return or_(belonging(Transfer.organization_id)(actor), arriving)


async def find_member(db: AsyncSession, id_number_index: bytes, root_id: UUID) -> Member | None:
    """Anybody of the district who has the number: for asking the owner, never for showing."""
    same = Member.id_number_index == id_number_index
    found: Member | None = await db.scalar(select(Member).where(same, Member.root_id == root_id, Member.is_active))
    return found


async def organization_of_district(db: AsyncSession, organization_id: UUID, root_id: UUID) -> PartyOrganization | None:
    """Where a member may go: any active organisation of the district, whoever manages it."""
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id, PartyOrganization.is_active)
    found: PartyOrganization | None = await db.scalar(query.where(PartyOrganization.root_id == root_id))
    return found


async def path_of(db: AsyncSession, organization_id: UUID) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == organization_id)
    return (await db.execute(query)).scalar_one()
