"""Acknowledged means committed, seen from outside of a real process."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import psycopg
import pytest

from deploy.launcher.provision import conninfo
from tests.support.commits import refusing_at_commit
from tests.support.databases import Database, MakeDatabase
from tests.support.processes import serving
from tests.support.voices import signed

API = "/api/v1/registry"
ROLES = ("system_administrator", "security_administrator")
DISTRICT = {"name": "某区委", "kind": "district_committee", "founded_on": "2015-07-01", "division": "990100"}
KEYED = (f"{API}/organizations", DISTRICT)
PLAIN = (f"{API}/accounts", {"username": "some.body"})


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("registry")


@pytest.fixture
def registry(database: Database, tmp_path: Path) -> Iterator[httpx2.Client]:
    with serving("registry", database, tmp_path) as process:
        token = signed(tmp_path / "signing", [(role, None) for role in ROLES], None)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}
        with httpx2.Client(base_url=process.address, headers=headers, timeout=60, trust_env=False) as client:
            yield client


class TestProcess:
    def test_calls_nothing_done_that_was_not_committed(self, registry: httpx2.Client, database: Database) -> None:
        """Every business write tells its event, so an event log that refuses at commit refuses them all."""
        with psycopg.connect(conninfo(database.owner_url)) as owner:
            owner.execute(refusing_at_commit("event_log"))

        refused = [registry.post(path, json=body) for path, body in (KEYED, PLAIN)]

        assert [(one.status_code, one.json()["code"]) for one in refused] == [(409, "conflict")] * 2
        with psycopg.connect(conninfo(database.owner_url)) as owner:
            assert owner.execute("SELECT FROM event_log").fetchall() == []
            owner.execute("DROP TRIGGER refuse_at_commit ON event_log")
        assert [registry.post(path, json=body).status_code for path, body in (KEYED, PLAIN)] == [201, 201]
