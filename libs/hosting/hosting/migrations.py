"""Alembic the same way in every service, kit's own tables, and what an append-only table is."""

from pathlib import Path

import procrastinate.schema
from alembic import context, op
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, pool, text

import kit.clock
import kit.events.consumer
import kit.routing
from kit import database

LOCK_TIMEOUT, STATEMENT_TIMEOUT = "5s", "15min"
MIGRATION_LOCK = 7_265_143_001
KIT_MODULES = (kit.clock, kit.events.consumer, kit.routing)

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def config(scripts: Path, database_url: str = "") -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(scripts).replace("%", "%%"))
    settings.attributes["database_url"] = database_url
    return settings


def run_env(service_metadata: MetaData) -> None:
    """The whole of a service's migrations/env.py; concurrent starters wait for each other, however long it takes.

    A newer structure stays: what the next release adds does not disturb this one.
    """
    engine = create_engine(context.config.attributes["database_url"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SET statement_timeout = '{STATEMENT_TIMEOUT}'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=[service_metadata, database.metadata],
            transaction_per_migration=True,
            compare_type=True,
        )
        found, head = context.get_context().get_current_revision(), context.script.get_current_head()
        if str(found or "") <= str(head):
            with context.begin_transaction():
                context.run_migrations()
    engine.dispose()


def application_role() -> str:
    owner = op.get_bind().execute(text("SELECT current_user")).scalar_one()
    return str(owner).removesuffix("_owner") + "_app"


def install_kit_tables() -> None:
    """Revision 0001 of every service: privileges, job queue, event log, feed cursor, idempotency keys, clock."""
    role, bind = application_role(), op.get_bind()
    op.execute(f'GRANT USAGE ON SCHEMA public TO "{role}"')
    op.execute(f'ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{role}"')
    op.execute(f'ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO "{role}"')
    op.execute(f'GRANT SELECT ON alembic_version TO "{role}"')
    raw = bind.connection.driver_connection
    if raw is None:
        raise RuntimeError("migrations run online only")
    raw.execute(procrastinate.schema.SchemaManager.get_schema())
    database.metadata.create_all(bind)
    op.execute(REFUSE_CHANGE)
    append_only("event_log")


def append_only(table: str) -> None:
    """Rows can only be added: no right for the application role, and a trigger against everybody else."""
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{application_role()}"')
    op.execute(
        f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
