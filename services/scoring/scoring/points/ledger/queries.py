from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, func, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from scoring.points.ledger.models import LedgerEntry
from scoring.points.ledger.rules import Room
from scoring.reference.projections.queries import subjects_visible_to

OPEN_TOTALS = text("""
    INSERT INTO point_totals (subject_id, points_year, indicator_code, subject_kind, root_id, granted, by_period)
    SELECT subject_id, points_year, indicator_code, subject_kind, root_id, 0, array_fill(0::numeric, ARRAY[periods])
    FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS wanted(
        subject_id uuid, points_year smallint, indicator_code text, subject_kind text, root_id uuid, periods int)
    ORDER BY subject_id, points_year, indicator_code COLLATE "C"
    ON CONFLICT DO NOTHING
""")
LOCK_TOTALS = text("""
    SELECT total.subject_id, total.points_year, total.indicator_code, total.granted, total.by_period
    FROM point_totals AS total
    JOIN jsonb_to_recordset(CAST(:wanted AS jsonb)) AS wanted(
        subject_id uuid, points_year smallint, indicator_code text)
      ON total.subject_id = wanted.subject_id AND total.points_year = wanted.points_year
     AND total.indicator_code = wanted.indicator_code
    ORDER BY total.subject_id, total.points_year, total.indicator_code
    FOR UPDATE OF total
""")
MOVE_TOTALS = text("""
    UPDATE point_totals AS total SET granted = changed.granted, by_period = changed.by_period
    FROM jsonb_to_recordset(CAST(:changed AS jsonb)) AS changed(
        subject_id uuid, points_year smallint, indicator_code text, granted numeric, by_period numeric[])
    WHERE total.subject_id = changed.subject_id AND total.points_year = changed.points_year
      AND total.indicator_code = changed.indicator_code
""")
KNOWN_CAUSES = text("""
    SELECT entry.source, entry.source_ref FROM ledger_entries AS entry
    JOIN unnest(CAST(:sources AS text[]), CAST(:refs AS text[])) AS wanted(source, source_ref)
      ON entry.source = wanted.source AND entry.source_ref = wanted.source_ref
""")
RAISE_REVISIONS = text("""
    INSERT INTO cause_revisions (source, source_ref, root_id, revision)
    SELECT source, source_ref, root_id, :revision
    FROM jsonb_to_recordset(CAST(:causes AS jsonb)) AS told(source text, source_ref text, root_id uuid)
    ORDER BY source, source_ref
    ON CONFLICT (source, source_ref) DO UPDATE SET revision = excluded.revision
        WHERE cause_revisions.revision < excluded.revision
    RETURNING source, source_ref
""")


def visible_to(actor: Actor) -> Select[LedgerEntry]:
    return select(LedgerEntry).where(LedgerEntry.subject_id.in_(subjects_visible_to(actor)))


async def locked_rooms(db: AsyncSession, wanted: str) -> dict[tuple[UUID, int, str], Room]:
    """`wanted` is a JSON list of keys; rows are locked in the order every writer uses."""
    rows = await db.execute(LOCK_TOTALS, {"wanted": wanted})
    return {
        (row.subject_id, row.points_year, row.indicator_code): Room(row.granted, tuple(row.by_period)) for row in rows
    }


async def known_causes(db: AsyncSession, causes: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    sources, refs = ([cause[place] for cause in causes] for place in (0, 1))
    rows = await db.execute(KNOWN_CAUSES, {"sources": sources, "refs": refs})
    return {(row.source, row.source_ref) for row in rows}


async def raise_revisions(db: AsyncSession, causes: str, revision: int) -> set[tuple[str, str]]:
    """Those of `causes` (a JSON list) of which no such or newer revision was told before; locked from now on."""
    rows = await db.execute(RAISE_REVISIONS, {"causes": causes, "revision": revision})
    return {(row.source, row.source_ref) for row in rows}


async def standing_entries(db: AsyncSession, causes: Collection[tuple[str, str]]) -> Sequence[LedgerEntry]:
    """Entries of these causes that nobody has reversed."""
    counter = aliased(LedgerEntry)
    query = select(LedgerEntry).where(
        tuple_(LedgerEntry.source, LedgerEntry.source_ref).in_(causes),
        ~exists().where(counter.reversal_of == LedgerEntry.id),
    )
    return (await db.scalars(query.order_by(LedgerEntry.id))).all()


async def is_reversed(db: AsyncSession, entry_id: UUID) -> bool:
    return bool(await db.scalar(select(exists().where(LedgerEntry.reversal_of == entry_id))))


async def entry_sums(db: AsyncSession, subject_id: UUID, year: int) -> Sequence[Row[str, int, Decimal]]:
    """What the entries themselves add up to, by indicator and period."""
    place = (LedgerEntry.indicator_code, LedgerEntry.period)
    query = select(*place, func.sum(LedgerEntry.granted)).group_by(*place)
    return (await db.execute(query.where(LedgerEntry.subject_id == subject_id, LedgerEntry.points_year == year))).all()


def totals_of_ledger(*conditions: Any) -> Select[int, Decimal]:
    return select(func.count(LedgerEntry.id), func.coalesce(func.sum(LedgerEntry.granted), 0)).where(*conditions)
