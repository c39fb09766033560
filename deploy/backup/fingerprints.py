"""Counts and contents of every table as numbers two databases can be compared by."""

from collections.abc import Mapping
from typing import NamedTuple

import psycopg
from psycopg import sql

TABLES = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
CONTENT = sql.SQL("""
SELECT count(*), coalesce(sum(('x' || left(md5(each::text), 16))::bit(64)::bigint::numeric), 0)::text FROM {} AS each
""")


class Fingerprint(NamedTuple):
    rows: int
    digest: str


def of_database(address: str) -> dict[str, Fingerprint]:
    """One snapshot; the order of rows does not matter, every column does."""
    with psycopg.connect(address) as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        names = [name for (name,) in db.execute(TABLES)]
        found = {name: db.execute(CONTENT.format(sql.Identifier(name))).fetchone() for name in names}
    return {name: Fingerprint(*row) for name, row in found.items() if row is not None}


def differences(expected: Mapping[str, Fingerprint], found: Mapping[str, Fingerprint]) -> list[str]:
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
