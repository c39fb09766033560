"""Telling apart what is found now from what was told before: what is new is opened, what is gone is closed."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.clock import business_today
from records.events import record_events
from records.findings import Declared
from registry.oversight.findings.declared import DECLARED
from registry.oversight.findings.events import FindingClosed, FindingOpened, FindingTold, told
from registry.oversight.findings.models import Finding
from registry.oversight.findings.queries import holding
from registry.tree.organizations.models import PartyOrganization

Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]
CODE_LOCK = "finding:"
PLACED = ("organization_id", "began_on", "due_on")
KEPT = ("id", "code", "subject_kind", "subject_id", "root_id", "opened_on", "version", *PLACED)
AS_KEPT = tuple(getattr(Finding, name) for name in (*KEPT, "closed_on"))


async def evaluate(begin: Begin) -> int:
    """Each code in a transaction of its own, so that none is long; how many events were told."""
    number = 0
    for declared in DECLARED:
        async with begin() as db:
            number += await evaluate_one(db, declared, await business_today(db))
    return number


async def evaluate_one(db: AsyncSession, declared: Declared, day: date) -> int:
    """Two who evaluate the same code wait for each other; the second finds nothing new."""
    await lock(db, declared)
    live = holding(day, _everywhere, [declared])
    await _follow(db, live)
    return len(await open_new(db, live)) + len(await _close_gone(db, declared, live, day))


async def lock(db: AsyncSession, declared: Declared) -> None:
    key = CODE_LOCK + declared.code.value
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


async def open_new(db: AsyncSession, live: Select[Any]) -> Sequence[Row[Any]]:
    """Rows for what was not told, and again for what had been over: nobody has answered it this time."""
    new = live.subquery()
    adding = insert(Finding).from_select(KEPT, select(*(new.c[name] for name in KEPT)))
    again = {name: adding.excluded[name] for name in (*PLACED, "opened_on", "version")}
    unanswered = dict.fromkeys(("closed_on", "acknowledged_by", "acknowledged_at", "acknowledgement"))
    adding = adding.on_conflict_do_update(
        index_elements=[Finding.id], set_={**again, **unanswered}, where=Finding.closed_on.is_not(None)
    )
    return await _told(db, (await db.execute(adding.returning(*AS_KEPT))).all(), FindingOpened)


async def _follow(db: AsyncSession, live: Select[Any]) -> None:
    """Whose task it is and by when may have changed while it stayed open."""
    now = live.subquery()
    differs = or_(*(getattr(Finding, name) != now.c[name] for name in PLACED))
    change = update(Finding).where(Finding.id == now.c.id, Finding.closed_on.is_(None), differs)
    moved = {name: now.c[name] for name in PLACED}
    await db.execute(change.values(moved).execution_options(synchronize_session=False))


async def _close_gone(db: AsyncSession, declared: Declared, live: Select[Any], day: date) -> Sequence[Row[Any]]:
    there = select(live.subquery().c.id)
    change = update(Finding).where(
        Finding.code == declared.code.value, Finding.closed_on.is_(None), Finding.id.not_in(there)
    )
    over = {"closed_on": func.greatest(Finding.opened_on, day), "version": Finding.version + 1}
    change = change.values(over).execution_options(synchronize_session=False)
    return await _told(db, (await db.execute(change.returning(*AS_KEPT))).all(), FindingClosed)


async def _told(db: AsyncSession, rows: Sequence[Row[Any]], kind: type[FindingTold]) -> Sequence[Row[Any]]:
    places = await paths_of(db, {row.organization_id for row in rows})
    entries = [told(kind.model_validate(row), row, places[row.organization_id]) for row in rows]
    await record_events(db, entries)
    return rows


async def paths_of(db: AsyncSession, organization_ids: set[UUID]) -> dict[UUID, str]:
    query = select(PartyOrganization.id, PartyOrganization.path).where(PartyOrganization.id.in_(organization_ids))
    return {row.id: row.path for row in await db.execute(query)}


def _everywhere(_: Any) -> ColumnElement[bool]:
    return true()
