"""One import from the queue to its end: read and stage, check as a set, publish in one short transaction."""

import asyncio
import base64
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import structlog
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from kit.calendar import real_now
from kit.clock import business_today
from records.events import record_event
from registry.exchange.imports import members, organizations, posts, staging, units
from registry.exchange.imports.batches import Batch, Importer
from registry.exchange.imports.events import ImportFinished
from registry.exchange.imports.models import Import, ImportKind, ImportMode, ImportProblem, ImportRow, ImportState
from registry.exchange.imports.workbooks import TEMPLATES
from registry.seals import IMPORT_FILE, Seals
from sheets import WorkbookRefusedError

OpenTransaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]
UNFINISHED = (ImportState.QUEUED, ImportState.CHECKING)
TRIES = 3
ANALYZE = text("SELECT analyze_imported()")
STEPS = {
    ImportKind.ORGANIZATIONS: organizations,
    ImportKind.UNITS: units,
    ImportKind.MEMBERS: members,
    ImportKind.POSTS: posts,
}
log = structlog.get_logger()


async def run(open_transaction: OpenTransaction, seals: Seals, import_id: UUID) -> None:
    """May be called again for the same import: a finished one is left alone, a broken-off one starts afresh."""
    if not await _stage(open_transaction, seals, import_id):
        return
    for attempt in range(1, TRIES + 1):
        try:
            await _finish(open_transaction, import_id)
        except IntegrityError as error:
            log.warning("import.raced", import_id=str(import_id), attempt=attempt, reason=type(error.orig).__name__)
        else:
            await _refresh_statistics(open_transaction, import_id)
            return
    async with open_transaction() as db:
        await _close(db, await _locked(db, import_id), ImportState.FAILED)


async def _stage(open_transaction: OpenTransaction, seals: Seals, import_id: UUID) -> bool:
    async with open_transaction() as db:
        found = await _locked(db, import_id)
        if found.state not in UNFINISHED:
            return False
        await db.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
        await db.execute(delete(ImportProblem).where(ImportProblem.import_id == import_id))
        found.state, found.row_count = ImportState.CHECKING, 0
        sealed, kind, today = found.file_sealed or b"", found.kind, await business_today(db)
    content = base64.b64decode(seals.cipher.open(sealed, IMPORT_FILE))
    try:
        chunks = await asyncio.to_thread(staging.read, content, kind, today=today, seals=seals)
    except WorkbookRefusedError as refusal:
        async with open_transaction() as db:
            await staging.record_problems(db, import_id, refusal.problems)
            await _close(db, await _locked(db, import_id), ImportState.REFUSED)
        return False
    while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
        async with open_transaction() as db:
            await staging.stage(db, import_id, chunk)
            found = await _locked(db, import_id)
            found.row_count += len(chunk)
    return True


async def _finish(open_transaction: OpenTransaction, import_id: UUID) -> None:
    async with open_transaction() as db:
        found = await _locked(db, import_id)
        if found.state not in UNFINISHED:
            return
        today = await business_today(db)
        title = TEMPLATES[found.kind].title
        batch = Batch(import_id, title, tuple(found.reach_paths), today, Importer(found.created_by))
        await STEPS[found.kind].check(db, batch)
        found.checked_count = found.row_count
        found.wrong_count = await _wrong_rows(db, import_id)
        right = found.row_count - found.wrong_count
        if found.is_dry_run:
            await _close(db, found, ImportState.CHECKED)
        elif right == 0 or (found.wrong_count and found.mode is ImportMode.ALL_OR_NOTHING):
            await _close(db, found, ImportState.REFUSED)
        else:
            await STEPS[found.kind].publish(db, batch)
            found.published_count = right
            await _close(db, found, ImportState.PUBLISHED)


async def _refresh_statistics(open_transaction: OpenTransaction, import_id: UUID) -> None:
    """In a transaction of its own: until the planner knows the new rows, every list is many times slower."""
    async with open_transaction() as db:
        state = await db.scalar(select(Import.state).where(Import.id == import_id))
        if state is ImportState.PUBLISHED:
            await db.execute(ANALYZE)


async def _wrong_rows(db: AsyncSession, import_id: UUID) -> int:
    query = select(func.count()).where(ImportRow.import_id == import_id, ImportRow.is_wrong)
    return await db.scalar(query) or 0


async def _locked(db: AsyncSession, import_id: UUID) -> Import:
    query = select(Import).where(Import.id == import_id).with_for_update().options(undefer(Import.file_sealed))
    return (await db.scalars(query)).one()


async def _close(db: AsyncSession, found: Import, state: ImportState) -> None:
    """The file and the staged rows have served; the report stays."""
    found.state, found.finished_at, found.file_sealed = state, real_now(), None
    await db.flush()
    await db.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    finished = ImportFinished(
        id=found.id,
        kind=found.kind,
        state=state,
        rows=found.row_count,
        wrong=found.wrong_count,
        published=found.published_count,
    )
    await record_event(db, finished, subject=found.id, version=2, actor=Importer(found.created_by))
