"""What the migrations make is what the models say, down to the last index; what models cannot say is written down."""

import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, pool
from sqlalchemy.exc import SAWarning

from deploy.launcher.provision import conninfo, provision
from hosting import migrations
from kit.database import metadata as kit_metadata
from tests.support.applications import SERVICES
from tests.support.databases import ROOT, Database, MakeDatabase, TestServer
from tests.support.structures import modelled, only_migrated

DESCRIPTIONS = Path(__file__).parent / "structures"
FIRST = "0001"


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def migrated(service: str, make_database: MakeDatabase) -> Database:
    return make_database(service)


def models_of(service: str) -> MetaData:
    import_module(f"{service}.app")
    metadata: MetaData = import_module(f"{service}.database").Base.metadata
    return metadata


@pytest.fixture
def made_from_models(service: str, migrated: Database, postgres_server: TestServer) -> Iterator[str]:
    """Kit's own tables by the first migration, everything else by SQLAlchemy."""
    name = f"{migrated.name}_models"
    provision(postgres_server.admin_url, service, name)
    owner_url = postgres_server.url(name, f"{service}_owner")
    command.upgrade(migrations.config(ROOT / "services" / service / "migrations", owner_url), FIRST)
    engine = create_engine(owner_url, poolclass=pool.NullPool)
    models_of(service).create_all(engine)
    engine.dispose()
    yield owner_url
    postgres_server.drop(Database("", owner_url, name))


def is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or not str(name).startswith(("procrastinate_", "alembic_version"))


def left_to_do(service: str, url: str) -> list[object]:
    """What alembic would write into the next migration; it warns of the type xid8, which is kit's own."""
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        context = MigrationContext.configure(connection, opts=options)
        found = compare_metadata(context, together(models_of(service), kit_metadata))
    engine.dispose()
    return list(found)


def together(*parts: MetaData) -> MetaData:
    whole = MetaData(naming_convention=parts[0].naming_convention)
    for table in (one for part in parts for one in part.tables.values()):
        table.to_metadata(whole)
    return whole


def written(service: str) -> set[str]:
    return set((DESCRIPTIONS / f"{service}.txt").read_text(encoding="utf-8").splitlines())


class TestMigrations:
    def test_make_what_the_models_say(self, migrated: Database, made_from_models: str) -> None:
        by_migrations, by_models = modelled(migrated.owner_url), modelled(made_from_models)

        assert (by_migrations - by_models, by_models - by_migrations) == (set(), set())

    def test_leave_alembic_nothing_to_do(self, service: str, migrated: Database) -> None:
        assert left_to_do(service, migrated.owner_url) == []

    def test_give_rights_and_triggers_as_written_down(self, service: str, migrated: Database) -> None:
        found, described = only_migrated(migrated.owner_url), written(service)

        assert (found - described, described - found) == (set(), set())


class TestComparison:
    @pytest.mark.parametrize(
        "change",
        [
            "ALTER TABLE ledger_entries DROP CONSTRAINT uq_ledger_entries_source_source_ref",
            "DROP INDEX ix_event_log_subject",
            "ALTER TABLE event_log ALTER COLUMN epoch SET DEFAULT 2",
            "ALTER TABLE claims ALTER COLUMN occurred_on DROP NOT NULL",
            "ALTER TABLE policies DROP CONSTRAINT ck_policies_value_not_negative",
            "DROP TRIGGER event_log_append_only ON event_log",
            "ALTER TABLE ledger_entries DISABLE TRIGGER ledger_entries_append_only",
            "GRANT UPDATE ON ledger_entries TO scoring_app",
            "REVOKE SELECT ON claims FROM scoring_app",
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        ],
    )
    def test_sees(self, make_database: MakeDatabase, change: LiteralString) -> None:
        url = make_database("scoring").owner_url
        before = modelled(url) | only_migrated(url)
        with psycopg.connect(conninfo(url)) as owner:
            owner.execute(change)

        assert modelled(url) | only_migrated(url) != before
