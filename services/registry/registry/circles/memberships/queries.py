from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from registry.circles.memberships.models import CircleMembership
from registry.members.members.models import Member
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Of one's organisations and their members, and one's own."""
    return or_(belonging(CircleMembership.organization_id)(actor), actor.is_self(CircleMembership.member_id))


def in_force_on(day: date) -> ColumnElement[bool]:
    return and_(
        CircleMembership.void_reason.is_(None),
        CircleMembership.joined_on <= day,
        or_(CircleMembership.ended_on.is_(None), CircleMembership.ended_on > day),
    )


def of_groups(wanted: bool) -> ColumnElement[bool]:
    return CircleMembership.member_id.is_(None) if wanted else CircleMembership.member_id.is_not(None)


async def access_of(db: AsyncSession, circle_id: UUID, member: Member, day: date) -> CircleMembership | None:
    """What lets a member into a circle on a day: the own membership before that of the own organisation."""
    through: Any = or_(
        CircleMembership.member_id == member.id,
        and_(CircleMembership.member_id.is_(None), CircleMembership.organization_id == member.organization_id),
    )
    query = select(CircleMembership).where(CircleMembership.circle_id == circle_id, in_force_on(day), through)
    found: CircleMembership | None = await db.scalar(
        query.order_by(CircleMembership.member_id.is_(None), CircleMembership.id).limit(1)
    )
    return found
