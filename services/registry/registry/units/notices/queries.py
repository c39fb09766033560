from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from registry.units.notices.models import UnitNotice
from registry.units.units.models import Unit
from registry.units.units.queries import of_own_units

seen = of_own_units(UnitNotice.unit_id)


def code_of(unit_id: Any) -> Any:
    return select(Unit.code).where(Unit.id == unit_id).scalar_subquery()


def told_members(unit_id: Any) -> Any:
    """How many formal members the last notice that says so told of a unit, as a column of the row that has its id."""
    query = select(UnitNotice.formal_members).where(
        UnitNotice.unit_id == unit_id, UnitNotice.formal_members.is_not(None)
    )
    return query.order_by(UnitNotice.occurred_on.desc(), UnitNotice.id.desc()).limit(1).scalar_subquery()


async def notice_of(db: AsyncSession, event_number: str) -> UnitNotice | None:
    found: UnitNotice | None = await db.scalar(select(UnitNotice).where(UnitNotice.event_number == event_number))
    return found


async def unit_of(db: AsyncSession, code: str) -> Unit | None:
    found: Unit | None = await db.scalar(select(Unit).where(Unit.code == code))
    return found
