from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.names import carries
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those of one's offices, and oneself."""
    return or_(belonging(Member.organization_id)(actor), actor.is_self(Member.id))


def name_of(member_id: Any) -> Any:
    """The name beside a member's id, as a column of the row that has the id."""
    named_member = aliased(Member)
    return select(named_member.name).where(named_member.id == member_id).scalar_subquery()


def named(member_id: Any) -> Callable[[str], ColumnElement[bool]]:
    """A filter: rows whose member's name may contain the text."""

    def called(text: str) -> ColumnElement[bool]:
        found: ColumnElement[bool] = member_id.in_(select(Member.id).where(carries(Member.search_keys, text)))
        return found

    return called


async def is_known(db: AsyncSession, id_number_index: bytes) -> bool:
    """Whether anybody at all has the number: all that is said of whoever is out of reach."""
    return await db.scalar(select(Member.id).where(Member.id_number_index == id_number_index)) is not None


async def find_by_index(db: AsyncSession, id_number_index: bytes, *, actor: Actor, root_id: UUID) -> Member | None:
    """A member of the district whom the actor reaches: whoever is out of reach answers like a missing one."""
    within_reach = (seen(actor), Member.root_id == root_id)
    query = select(Member).where(Member.id_number_index == id_number_index, *within_reach)
    found: Member | None = await db.scalar(query)
    return found


async def path_of(db: AsyncSession, member: Member) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == member.organization_id)
    return (await db.execute(query)).scalar_one()


def profile_gaps() -> Any:
    """How many facts of a member's file are not filled in, as a column; the phone is not among them."""
    gaps = (
        Member.ethnicity.is_(None),
        Member.education.is_(None),
        and_(Member.stage.in_(ENROLLED), Member.joined_on.is_(None)),
        and_(Member.stage == MemberStage.FORMAL, Member.confirmed_on.is_(None)),
    )
    return sum((case((gap, 1), else_=0) for gap in gaps[1:]), case((gaps[0], 1), else_=0))
