"""五清: what is written of a unit, how it stands on a day, and how it stood at the end of each quarter."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_today
from records.events import record_event
from records.periods import Cadence, Period, periods
from records.registers import Register
from records.voiding import void_row
from registry.limits import limits_on
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.units.ledgers import queries
from registry.units.ledgers.events import LedgerEntryChanged
from registry.units.ledgers.models import FrozenLedger, LedgerEntry
from registry.units.ledgers.queries import Blocks
from registry.units.ledgers.rules import ENTRY_DATES, changed_blocks, due_blocks, is_stale
from registry.units.ledgers.schemas import (
    FrozenBlock,
    FrozenLedgerRead,
    LedgerBlockRead,
    LedgerEntryCreate,
    LedgerEntryRead,
    LedgerRead,
)
from registry.units.units import queries as unit_queries
from registry.units.units.models import Unit
from registry.units.units.service import UNITS, governed_unit

Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]
LATEST = timedelta(days=92)
"""How long after its end a quarter may still be frozen: as long as the longest quarter."""
AT_ONCE = 500
MONTHS = "ledger_months"


class LedgerEntryNotFound(problems.NotFound):
    code = "ledger-entry-not-found"
    detail = "没有这条台账记录,或不在您的管理范围内"


class FrozenLedgerNotFound(problems.NotFound):
    code = "frozen-ledger-not-found"
    detail = "没有这份季度台账,或不在您的管理范围内"


LEDGER_ENTRIES = Register(
    "五清台账记录",
    LedgerEntry,
    LedgerEntryRead,
    LedgerEntryNotFound,
    queries.entries_seen,
    derived={
        "unit_name": unit_queries.name_of(LedgerEntry.unit_id),
        "organization_name": organization_queries.name_of(LedgerEntry.organization_id),
    },
)


def _with_blocks(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        **row,
        "blocks": [FrozenBlock.model_validate({"block": block, **one}) for block, one in row["blocks"].items()],
    }


FROZEN_LEDGERS = Register(
    "季度五清台账",
    FrozenLedger,
    FrozenLedgerRead,
    FrozenLedgerNotFound,
    queries.frozen_seen,
    derived={
        "unit_name": unit_queries.name_of(FrozenLedger.unit_id),
        "organization_name": organization_queries.name_of(FrozenLedger.organization_id),
    },
    readable=_with_blocks,
)


async def record_ledger_entry(db: AsyncSession, entry: LedgerEntryCreate, *, actor: Actor, today: date) -> LedgerEntry:
    unit = await governed_unit(db, actor, entry.unit_id)
    refuse_wrong_dates(ENTRY_DATES, {"checked_on": entry.checked_on}, today)
    owned = {"organization_id": unit.jurisdiction_id, "root_id": unit.root_id, "recorded_by": actor.subject}
    line = LedgerEntry(**entry.model_dump(), **owned)
    db.add(line)
    await _tell(db, line, unit, actor=actor)
    return line


async def void_ledger_entry(db: AsyncSession, line: LedgerEntry, reason: str, *, actor: Actor) -> LedgerEntry:
    """What is frozen stays as it was believed on its day."""
    void_row(db, line, reason)
    await _tell(db, line, await db.get_one(Unit, line.unit_id), actor=actor)
    return line


async def _tell(db: AsyncSession, line: LedgerEntry, unit: Unit, *, actor: Actor) -> None:
    await db.flush()
    told = LedgerEntryChanged(
        id=line.id,
        unit_id=line.unit_id,
        block=line.block,
        checked_on=line.checked_on,
        is_void=line.void_reason is not None,
    )
    path = await unit_queries.path_of(db, unit)
    await record_event(db, told, subject=line.id, version=line.version, root_id=line.root_id, path=path, actor=actor)


async def ledger_on(db: AsyncSession, unit_id: UUID, day: date, *, actor: Actor) -> LedgerRead:
    unit = await UNITS.require(db, actor, unit_id)
    if not await unit_queries.is_governed(db, actor, unit):
        raise UNITS.missing
    blocks = (await queries.blocks_of(db, [unit.id], day))[unit.id]
    covered, months = await queries.covered_on(db, [unit.id], day), limits_on(day)[MONTHS]
    shown = []
    for block in due_blocks(has_organization=unit.id in covered):
        one = blocks.get(block)
        checked_on = one.checked_on if one else None
        stale = is_stale(checked_on, day, months)
        content = one.content if one else None
        shown.append(LedgerBlockRead(block=block, content=content, checked_on=checked_on, is_stale=stale))
    return LedgerRead(unit_id=unit.id, unit_name=unit.name, as_of=day, blocks=shown)


async def freeze(begin: Begin) -> int:
    """Every quarter that is over and not frozen yet; how many ledgers were frozen."""
    number = 0
    async with begin() as db:
        today = await business_today(db)
    for quarter in _ended(today):
        async with begin() as db:
            units = await queries.to_freeze(db, quarter.last)
        for start in range(0, len(units), AT_ONCE):
            async with begin() as db:
                number += await freeze_some(db, units[start : start + AT_ONCE], quarter, today)
    return number


def _ended(today: date) -> list[Period]:
    every = (*periods(today.year - 1, Cadence.QUARTERLY), *periods(today.year, Cadence.QUARTERLY))
    return [one for one in every if one.last < today <= one.last + LATEST]


async def freeze_some(db: AsyncSession, units: Sequence[UUID], quarter: Period, today: date) -> int:
    """Two who freeze the same quarter wait for each other; the second finds it done."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("ledgers", 0))))
    left = sorted(set(units) - await queries.frozen_of(db, units, quarter.last))
    blocks = await queries.blocks_of(db, left, quarter.last)
    before = await queries.last_frozen(db, left, quarter.last)
    covered = await queries.covered_on(db, left, quarter.last)
    for unit, (organization_id, root_id) in (await queries.places_of(db, left)).items():
        last = {block: one["content"] for block, one in before[unit].blocks.items()} if unit in before else {}
        ledger = FrozenLedger(unit_id=unit, organization_id=organization_id, root_id=root_id, frozen_on=today)
        ledger.quarter_ends_on, ledger.blocks = quarter.last, _kept(blocks[unit])
        ledger.changed_blocks = changed_blocks(last, {block.value: one.content for block, one in blocks[unit].items()})
        months, stale = limits_on(quarter.last)[MONTHS], due_blocks(has_organization=unit in covered)
        checks = {block: one.checked_on for block, one in blocks[unit].items()}
        ledger.stale_blocks = [one for one in stale if is_stale(checks.get(one), quarter.last, months)]
        db.add(ledger)
    return len(left)


def _kept(blocks: Blocks) -> dict[str, dict[str, str]]:
    return {
        block.value: {"content": one.content, "checked_on": one.checked_on.isoformat()} for block, one in blocks.items()
    }
