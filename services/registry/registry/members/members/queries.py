from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor, Scope
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.names import carries
from registry.reach import reach
from registry.tree.organizations.models import PartyOrganization

MEMBER = "member"
WITH_SELF = (Scope.SELF, Scope.SUBTREE_AND_SELF)


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
    """Those of one's office and oneself: being a member of a branch is no right to read its other members."""
    seen = _reach_of_office(actor)
    if actor.scope in WITH_SELF and actor.person is not None:
        seen = or_(seen, Member.id == actor.person)
    return select(Member).join(PartyOrganization, PartyOrganization.id == Member.organization_id).where(seen)


def _reach_of_office(actor: Actor) -> ColumnElement[bool]:
    if not any(grant.role == MEMBER for grant in actor.grants):
        return reach(PartyOrganization.path, actor)
    offices = [grant.organization_id for grant in actor.grants if grant.role != MEMBER]
    if not offices:
        return false()
    top = aliased(PartyOrganization)
    return exists(select(1).where(top.id.in_(offices), func.starts_with(PartyOrganization.path, top.path)))


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
