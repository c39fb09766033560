from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import valid_on
from registry.members.members.kinds import ENROLLED
from registry.members.members.models import Member
from registry.units.mass_organizations.models import MassOrganizationHead
from registry.units.units.kinds import MassOrganizationKind
from registry.units.units.models import UnitMassOrganization
from registry.units.units.queries import of_own_units

seen = of_own_units(MassOrganizationHead.unit_id)


def held_on(day: date) -> ColumnElement[bool]:
    open_then = or_(MassOrganizationHead.ended_on.is_(None), MassOrganizationHead.ended_on > day)
    return and_(MassOrganizationHead.void_reason.is_(None), MassOrganizationHead.valid_from <= day, open_then)


def is_in_the_party() -> ColumnElement[bool]:
    """Formal or probationary; who is on the way is not in it yet."""
    return exists(
        select(1).where(Member.id == MassOrganizationHead.member_id, Member.is_active, Member.stage.in_(ENROLLED))
    )


def in_the_party(wanted: bool) -> ColumnElement[bool]:
    return is_in_the_party() if wanted else ~is_in_the_party()


async def has_body(db: AsyncSession, unit_id: UUID, kind: MassOrganizationKind, day: date) -> bool:
    body = UnitMassOrganization
    query = select(body.id).where(body.unit_id == unit_id, body.kind == kind, valid_on(body, day))
    return await db.scalar(query.limit(1)) is not None
