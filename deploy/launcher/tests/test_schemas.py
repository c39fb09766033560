"""Whether a database fits the program that finds it."""

from pathlib import Path

import psycopg
import pytest

from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo, provision
from deploy.launcher.schemas import SchemaNewer, is_behind


def stamp(server: LocalPostgres, revision: str) -> None:
    with psycopg.connect(conninfo(server.url("scoring", "scoring_owner"))) as db:
        db.execute("CREATE TABLE IF NOT EXISTS alembic_version (version_num text)")
        db.execute("TRUNCATE alembic_version")
        db.execute("INSERT INTO alembic_version VALUES (%s)", [revision])


class TestDatabase:
    def test_of_a_newer_program_is_refused(self, tmp_path: Path) -> None:
        with LocalPostgres(tmp_path / "data", durable=False) as server:
            provision(server.url(), "scoring")
            stamp(server, "9999")

            with pytest.raises(SchemaNewer, match="9999"):
                is_behind("scoring", server)

    def test_that_is_empty_or_older_is_behind(self, tmp_path: Path) -> None:
        with LocalPostgres(tmp_path / "data", durable=False) as server:
            provision(server.url(), "scoring")
            assert is_behind("scoring", server)

            stamp(server, "0001")
            assert is_behind("scoring", server)
