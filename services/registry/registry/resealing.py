"""After a change of the data key: every secret an older key sealed is sealed again, a few hundred at a time."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from kit.database import transaction
from registry.seals import ID_NUMBER, IMPORT_FILE, PHONE, Seals

BATCH = 500


class SealedColumn(NamedTuple):
    table: str
    key: tuple[str, ...]
    column: str
    sealed_as: str
    only: str = "true"


COLUMNS = (
    SealedColumn("members", ("id",), "id_number_sealed", ID_NUMBER),
    SealedColumn("members", ("id",), "phone_sealed", PHONE),
    SealedColumn("instructors", ("id",), "id_number_sealed", ID_NUMBER),
    SealedColumn("id_number_corrections", ("id",), "old_id_number_sealed", ID_NUMBER),
    SealedColumn("id_number_corrections", ("id",), "new_id_number_sealed", ID_NUMBER),
    *(
        SealedColumn("field_changes", ("id",), column, sealed_as, f"field = '{field}'")
        for column in ("old_sealed", "new_sealed")
        for field, sealed_as in (("id_number_sealed", ID_NUMBER), ("phone_sealed", PHONE))
    ),
    SealedColumn("imports", ("id",), "file_sealed", IMPORT_FILE),
    SealedColumn("import_rows", ("import_id", "row_no"), "id_number_sealed", ID_NUMBER),
    SealedColumn("import_rows", ("import_id", "row_no"), "phone_sealed", PHONE),
)


async def reseal(engine: AsyncEngine, seals: Seals) -> int:
    """How many were sealed again; interrupted, it goes on where it was."""
    number = 0
    for column in COLUMNS:
        while done := await _reseal_batch(engine, seals, column):
            number += done
    return number


async def _reseal_batch(engine: AsyncEngine, seals: Seals, column: SealedColumn) -> int:
    select, update = _statements(column)
    current = seals.cipher.seal("", column.sealed_as)[0]
    async with transaction(engine) as db:
        rows = (await db.execute(text(select), {"current": current, "limit": BATCH})).all()
        changes = [
            {**dict(zip(column.key, row, strict=False)), "sealed": _again(seals, bytes(row[-1]), column)}
            for row in rows
        ]
        if changes:
            await db.execute(text(update), changes)
    return len(rows)


def _again(seals: Seals, sealed: bytes, column: SealedColumn) -> bytes:
    return seals.cipher.seal(seals.cipher.open(sealed, column.sealed_as), column.sealed_as)


def _statements(column: SealedColumn) -> Iterator[str]:
    """Names come from this file only."""
    keys, place = ", ".join(column.key), " AND ".join(f"{name} = :{name}" for name in column.key)
    yield (
        f"SELECT {keys}, {column.column} FROM {column.table} "  # noqa: S608 - no name from outside
        f"WHERE get_byte({column.column}, 0) <> :current AND {column.only} ORDER BY {keys} LIMIT :limit FOR UPDATE"
    )
    yield f"UPDATE {column.table} SET {column.column} = :sealed WHERE {place}"  # noqa: S608 - no name from outside
