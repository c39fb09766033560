from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.names import carries
from registry.tree.organizations.models import PartyOrganization


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    stage: Sequence[MemberStage] = ()
    organization_id: UUID | None = None
    under: UUID | None = None
    unit_id: UUID | None = None
    is_active: bool | None = True
    q: str | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.stage:
            query = query.where(Member.stage.in_(self.stage))
        if self.under:
            top = select(PartyOrganization.path).where(PartyOrganization.id == self.under).scalar_subquery()
            query = query.where(PartyOrganization.path.startswith(top))
        for column, value in (
            (Member.organization_id, self.organization_id),
            (Member.unit_id, self.unit_id),
            (Member.is_active, self.is_active),
        ):
            if value is not None:
                query = query.where(column == value)
        return query.where(carries(Member.search_keys, self.q)) if self.q else query


def visible_to(actor: Actor) -> Select[Member]:
    """Those of one's offices, and oneself."""
    query = select(Member).join(PartyOrganization, PartyOrganization.id == Member.organization_id)
    return query.where(or_(actor.reaches(PartyOrganization.path), actor.is_self(Member.id)))


def listed_for(actor: Actor, wanted: MemberFilter) -> Select[Member]:
    return wanted.narrow(visible_to(actor)).order_by(Member.name, Member.id)


async def find(db: AsyncSession, actor: Actor, member_id: UUID, *, locked: bool = False) -> Member | None:
    query = visible_to(actor).where(Member.id == member_id)
    if locked:
        query = query.with_for_update(of=Member, key_share=True)
    found: Member | None = await db.scalar(query, execution_options={"populate_existing": locked})
    return found


async def find_by_index(db: AsyncSession, id_number_index: bytes) -> Member | None:
    """Across all districts: the same citizen ID may stand only once."""
    found: Member | None = await db.scalar(select(Member).where(Member.id_number_index == id_number_index))
    return found


async def path_of(db: AsyncSession, member: Member) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == member.organization_id)
    return (await db.execute(query)).scalar_one()
