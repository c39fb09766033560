"""A transaction that goes well until it is committed."""

from psycopg import sql

FUNCTION = """
CREATE FUNCTION refuse_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused at commit' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER refuse_at_commit AFTER INSERT ON {table} DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION refuse_at_commit()
"""


def refusing_at_commit(table: str) -> sql.Composed:
    """Run by the owner; `DROP TRIGGER refuse_at_commit ON …` ends it."""
    return sql.SQL(FUNCTION) + sql.SQL(TRIGGER).format(table=sql.Identifier(table))
