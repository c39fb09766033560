"""Teams: whoever holds a post of the Party in a primary organisation, and who of them one in a unit's management."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.bitemporal import valid_on
from registry.members.members.models import Member
from registry.tree.cross_appointments.models import UnitPost
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import belonging, below
from registry.tree.posts.models import Post


class Team(NamedTuple):
    people: int = 0
    both: int = 0


def seen(actor: Actor) -> ColumnElement[bool]:
    """The posts of the members of one's organisations as they are today."""
    members = select(Member.id).where(belonging(Member.organization_id)(actor))
    return UnitPost.member_id.in_(members)


def held_on(day: date) -> ColumnElement[bool]:
    open_then = or_(UnitPost.ended_on.is_(None), UnitPost.ended_on > day)
    return and_(UnitPost.void_reason.is_(None), UnitPost.valid_from <= day, open_then)


def _people(day: date) -> tuple[Any, Any]:
    """How many hold a post of the Party, and how many of them one of a unit as well."""
    person = func.count(func.distinct(Post.member_id))
    has_unit_post = exists(select(1).where(UnitPost.member_id == Post.member_id, held_on(day)))
    return person.label("people"), person.filter(has_unit_post).label("both")


async def team_below(db: AsyncSession, actor: Actor, organization_id: UUID, day: date) -> Team:
    """Everybody counts once, in however many organisations."""
    query = select(*_people(day)).join(PartyOrganization, PartyOrganization.id == Post.organization_id)
    query = query.where(
        valid_on(Post, day),
        PartyOrganization.level == OrganizationLevel.PRIMARY,
        below(Post.organization_id)(organization_id),
        belonging(Post.organization_id)(actor),
    )
    return Team(*(await db.execute(query)).one())


async def teams_of(db: AsyncSession, organizations: Collection[UUID], day: date) -> dict[UUID, Team]:
    query = select(Post.organization_id, *_people(day)).group_by(Post.organization_id)
    query = query.where(valid_on(Post, day), Post.organization_id.in_(organizations))
    found = dict.fromkeys(organizations, Team())
    return found | {row.organization_id: Team(row.people, row.both) for row in await db.execute(query)}
