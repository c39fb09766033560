"""Two servers that start together, and a migration that takes its time: each ends well, once."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest

from deploy.launcher.provision import conninfo, provision
from hosting.migrations import LOCK_TIMEOUT, MIGRATION_LOCK
from tests.support.databases import ROOT, Database, TestServer

SERVICE = "training"


@pytest.fixture
def empty(postgres_server: TestServer) -> Iterator[Database]:
    name = f"{SERVICE}_{uuid4().hex[:12]}"
    provision(postgres_server.admin_url, SERVICE, name)
    database = Database(
        postgres_server.url(name, f"{SERVICE}_app"), postgres_server.url(name, f"{SERVICE}_owner"), name
    )
    yield database
    postgres_server.drop(database)


def started(database: Database) -> subprocess.Popen[str]:
    settings = {"TRAINING_DATABASE_URL": database.app_url, "TRAINING_OWNER_DATABASE_URL": database.owner_url}
    command = [sys.executable, "-m", SERVICE, "migrate"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.PIPE, text=True)


def ended(migration: subprocess.Popen[str]) -> int:
    _, output = migration.communicate(timeout=120)
    sys.stderr.write(output)
    return migration.returncode


class TestMigration:
    def test_twice_at_once_is_done_once(self, empty: Database) -> None:
        both = [started(empty), started(empty)]

        assert [ended(one) for one in both] == [0, 0]
        with psycopg.connect(conninfo(empty.owner_url)) as db:
            assert db.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)

    def test_waits_for_another_longer_than_for_a_table(self, empty: Database) -> None:
        with psycopg.connect(conninfo(empty.owner_url), autocommit=True) as db:
            db.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
            waiting = started(empty)
            time.sleep(float(LOCK_TIMEOUT.rstrip("s")) + 3)
            assert waiting.poll() is None

        assert ended(waiting) == 0
