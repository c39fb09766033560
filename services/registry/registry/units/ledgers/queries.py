"""The ledger of units as of a day: of each block the latest entry until then."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import valid_on
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.ledgers.models import FrozenLedger, LedgerEntry
from registry.units.units.models import CoverageLink, Unit
from registry.units.units.queries import of_own_units

Blocks = dict[LedgerBlock, LedgerEntry]
entries_seen = of_own_units(LedgerEntry.unit_id)
frozen_seen = of_own_units(FrozenLedger.unit_id)


async def blocks_of(db: AsyncSession, units: Collection[UUID], day: date) -> dict[UUID, Blocks]:
    newest = select(LedgerEntry).ext(distinct_on(LedgerEntry.unit_id, LedgerEntry.block))
    query = newest.where(
        LedgerEntry.unit_id.in_(units), LedgerEntry.void_reason.is_(None), LedgerEntry.checked_on <= day
    )
    ordered = query.order_by(
        LedgerEntry.unit_id, LedgerEntry.block, LedgerEntry.checked_on.desc(), LedgerEntry.id.desc()
    )
    found: dict[UUID, Blocks] = {one: {} for one in units}
    for entry in await db.scalars(ordered):
        found[entry.unit_id][entry.block] = entry
    return found


async def to_freeze(db: AsyncSession, quarter_ends_on: date) -> list[UUID]:
    """Units that had a ledger by then and none that is frozen."""
    of_unit = LedgerEntry.unit_id == Unit.id
    begun = exists(
        select(1).where(of_unit, LedgerEntry.void_reason.is_(None), LedgerEntry.checked_on <= quarter_ends_on)
    )
    is_frozen = exists(
        select(1).where(FrozenLedger.unit_id == Unit.id, FrozenLedger.quarter_ends_on == quarter_ends_on)
    )
    return list(await db.scalars(select(Unit.id).where(Unit.is_active, begun, ~is_frozen).order_by(Unit.id)))


async def frozen_of(db: AsyncSession, units: Collection[UUID], quarter_ends_on: date) -> set[UUID]:
    query = select(FrozenLedger.unit_id).where(
        FrozenLedger.unit_id.in_(units), FrozenLedger.quarter_ends_on == quarter_ends_on
    )
    return set(await db.scalars(query))


async def places_of(db: AsyncSession, units: Collection[UUID]) -> dict[UUID, tuple[UUID, UUID]]:
    query = select(Unit.id, Unit.jurisdiction_id, Unit.root_id).where(Unit.id.in_(units))
    return {row.id: (row.jurisdiction_id, row.root_id) for row in await db.execute(query)}


async def covered_on(db: AsyncSession, units: Collection[UUID], day: date) -> set[UUID]:
    query = select(CoverageLink.unit_id).where(CoverageLink.unit_id.in_(units), has_members_there(day))
    return set(await db.scalars(query))


def has_members_there(day: date) -> ColumnElement[bool]:
    """A 1+N branch that serves a unit without members is no organisation of the unit."""
    return and_(valid_on(CoverageLink, day), ~CoverageLink.serves_without_members)


async def last_frozen(db: AsyncSession, units: Collection[UUID], before: date) -> dict[UUID, FrozenLedger]:
    query = select(FrozenLedger).ext(distinct_on(FrozenLedger.unit_id))
    query = query.where(FrozenLedger.unit_id.in_(units), FrozenLedger.quarter_ends_on < before)
    ordered = query.order_by(FrozenLedger.unit_id, FrozenLedger.quarter_ends_on.desc())
    return {one.unit_id: one for one in await db.scalars(ordered)}


def latest_check(unit_id: Any, block: LedgerBlock) -> Any:
    """When a block of a unit was brought up to date last, as a column of the row that has the unit's id."""
    query = select(func.max(LedgerEntry.checked_on)).where(
        LedgerEntry.unit_id == unit_id, LedgerEntry.block == block, LedgerEntry.void_reason.is_(None)
    )
    return query.scalar_subquery()
