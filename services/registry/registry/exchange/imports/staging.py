"""Reading a workbook and laying its rows down, in chunks, so that progress shows and transactions stay short."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncSession

from kit.ids import uuid7
from registry.exchange.imports.models import ImportKind
from registry.exchange.imports.preparing import Prepared, prepare
from registry.exchange.imports.workbooks import TEMPLATES
from registry.seals import Seals
from sheets import CellProblem, Row, read_rows

CHUNK = 2_000
COPY_ROWS = (
    "COPY import_rows (import_id, row_no, subject_id, content, id_number_sealed, id_number_index, phone_sealed,"
    " is_wrong) FROM STDIN"
)
COPY_PROBLEMS = "COPY import_problems (import_id, sheet, row_no, column_heading, reason) FROM STDIN"


class StagedRow(NamedTuple):
    number: int
    prepared: Prepared
    problems: tuple[CellProblem, ...]


def read(data: bytes, kind: ImportKind, *, today: date, seals: Seals) -> Iterator[list[StagedRow]]:
    """Chunks of prepared rows; raises WorkbookRefusedError at once when the workbook as a whole cannot be read."""
    template = TEMPLATES[kind]
    rows = read_rows(data, template)
    return _chunks(rows=_prepared(rows, kind, template.title, today, seals))


def _prepared(rows: Iterator[Row], kind: ImportKind, title: str, today: date, seals: Seals) -> Iterator[StagedRow]:
    for row in rows:
        prepared = prepare(kind, row.cells, today=today, seals=seals)
        own = tuple(CellProblem(title, row.number, heading, reason) for heading, reason in prepared.faults)
        yield StagedRow(row.number, prepared, row.problems + own)


def _chunks(rows: Iterator[StagedRow]) -> Iterator[list[StagedRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


async def stage(db: AsyncSession, import_id: UUID, rows: Sequence[StagedRow]) -> None:
    raw = await (await db.connection()).get_raw_connection()
    connection = raw.driver_connection
    if connection is None:
        raise RuntimeError("the session lost its connection")
    async with connection.cursor() as cursor, cursor.copy(COPY_ROWS) as copy:
        for number, prepared, problems in rows:
            sealed = (prepared.id_number_sealed, prepared.id_number_index, prepared.phone_sealed)
            content = Jsonb(prepared.content)
            await copy.write_row((import_id, number, uuid7(), content, *sealed, bool(problems)))
    await record_problems(db, import_id, [problem for row in rows for problem in row.problems])


async def record_problems(db: AsyncSession, import_id: UUID, problems: Sequence[CellProblem]) -> None:
    raw = await (await db.connection()).get_raw_connection()
    connection = raw.driver_connection
    if connection is None:
        raise RuntimeError("the session lost its connection")
    async with connection.cursor() as cursor, cursor.copy(COPY_PROBLEMS) as copy:
        for one in problems:
            await copy.write_row((import_id, one.sheet, one.row, one.column, one.reason))
