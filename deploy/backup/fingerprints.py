"""Counts and contents of every table as numbers two databases can be compared by."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import psycopg
from psycopg import sql

TABLES = """
SELECT relname FROM pg_class
WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
CONTENT = sql.SQL("""
SELECT {} AS name, count(*) AS rows,
       coalesce(sum(('x' || left(md5(each::text), 16))::bit(64)::bigint::numeric), 0)::text AS digest
FROM {} AS each
""")


class Fingerprint(NamedTuple):
    rows: int
    digest: str


def of_tables(names: Sequence[str]) -> str:
    """One query, so one snapshot; the order of rows does not matter, every column does, times in the session's zone."""
    return sql.SQL("UNION ALL").join(CONTENT.format(name, sql.Identifier(name)) for name in names).as_string()


def of_database(address: str) -> dict[str, Fingerprint]:
    with psycopg.connect(address, options="-c TimeZone=UTC") as db:
        names = [name for (name,) in db.execute(TABLES)]
        found = db.execute(of_tables(names).encode())
        return {name: Fingerprint(rows, digest) for name, rows, digest in found}


def differences(expected: Mapping[str, Fingerprint], found: Mapping[str, Fingerprint]) -> list[str]:
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
