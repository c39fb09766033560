"""What a database is made of, as PostgreSQL's own catalogue tells it, one sentence each."""

import re
from typing import LiteralString

import psycopg

from deploy.launcher.provision import conninfo

USUAL_RIGHTS = "DELETE, INSERT, SELECT, UPDATE"
OURS: LiteralString = (
    "relnamespace = 'public'::regnamespace AND relname !~ '^procrastinate_' AND relname <> 'alembic_version'"
)
COLUMNS: LiteralString = """
SELECT format('column %s.%s %s%s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
    CASE WHEN attnotnull THEN ' not null' END, ' default ' || pg_get_expr(adbin, adrelid),
    CASE attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN ' identity' END,
    CASE WHEN attcollation NOT IN (0, 100) THEN ' collate ' || attcollation::regcollation END)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped AND """
CONSTRAINTS: LiteralString = """
SELECT format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE contype <> 'n' AND """
INDEXES: LiteralString = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid WHERE """
SEQUENCES: LiteralString = "SELECT format('sequence %s', relname) FROM pg_class WHERE relkind = 'S' AND "
TRIGGERS: LiteralString = """
SELECT pg_get_triggerdef(pg_trigger.oid) || CASE tgenabled WHEN 'O' THEN '' ELSE ' (switched off)' END
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND """
FUNCTIONS: LiteralString = """
SELECT trim(regexp_replace(pg_get_functiondef(oid), '\\s+', ' ', 'g')) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname !~ '^procrastinate_'"""
RIGHTS: LiteralString = """
SELECT format('%s may %s on %s', coalesce(grantee::regrole::text, 'nobody'),
    coalesce(string_agg(privilege_type, ', ' ORDER BY privilege_type), 'nothing'), relname)
FROM pg_class LEFT JOIN aclexplode(relacl) ON grantee <> relowner
WHERE relkind IN ('r', 'p') AND """
ENUM_CHECK = re.compile(r"^constraint (\w+)\.ck_\1_(\w+_known) ")


def modelled(url: str) -> set[str]:
    """Columns with types, defaults and collations, constraints, indexes and sequences.

    The check of an enum is named with or without the convention's prefix: alembic wrote it without.
    """
    with psycopg.connect(conninfo(url)) as connection:
        queries = (COLUMNS + OURS, CONSTRAINTS + OURS, INDEXES + OURS, SEQUENCES + OURS)
        return {ENUM_CHECK.sub(r"constraint \1.\2 ", row[0]) for query in queries for row in connection.execute(query)}


def only_migrated(url: str) -> set[str]:
    """Triggers, functions, and rights of the application that are not the usual ones: models cannot describe them."""
    with psycopg.connect(conninfo(url)) as connection:
        queries = (TRIGGERS + OURS, FUNCTIONS, RIGHTS + OURS + " GROUP BY grantee, relname")
        found = {row[0] for query in queries for row in connection.execute(query)}
    return {one for one in found if f"_app may {USUAL_RIGHTS} on " not in one}
