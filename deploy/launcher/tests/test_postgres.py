"""The private PostgreSQL: who may open it, and that it never outlives its parent."""

import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from deploy.launcher.binaries import OtherMajor, find_binaries
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo, provision
from deploy.launcher.tests.conftest import is_alive, wait_until

ROOT = Path(__file__).parents[3]
HOLD = """
import sys, time, pathlib
from deploy.launcher.postgres import LocalPostgres
with LocalPostgres(pathlib.Path(sys.argv[1]), durable=False) as server:
    print(server.process.pid, flush=True)
    time.sleep(600)
"""


class TestFolder:
    def test_of_an_unknown_major_is_refused_in_one_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "PG_VERSION").write_text("9\n", encoding="ascii")

        with pytest.raises(OtherMajor, match="由 PostgreSQL 9 建立") as refusal:
            find_binaries(tmp_path)

        assert "\n" not in str(refusal.value)

    def test_opens_again_with_what_it_held(self, tmp_path: Path) -> None:
        for _ in range(2):
            with LocalPostgres(tmp_path / "data") as server:
                provision(server.url(), "registry")
                provision(server.url(), "registry")

        with LocalPostgres(tmp_path / "data") as server, psycopg.connect(conninfo(server.url("registry"))) as db:
            assert db.execute("SELECT count(*) FROM pg_database WHERE datname = 'registry'").fetchone() == (1,)

    def test_may_lie_deeper_than_a_socket_path_is_long(self, tmp_path: Path) -> None:
        with (
            LocalPostgres(tmp_path / ("深" * 60) / "data", durable=False) as server,
            psycopg.connect(conninfo(server.url())) as db,
        ):
            assert db.execute("SELECT 1").fetchone() == (1,)

        assert not server.sockets.exists()


class TestRoles:
    def test_application_role_cannot_create_or_reach_another_service(self, tmp_path: Path) -> None:
        with LocalPostgres(tmp_path / "data", durable=False) as server:
            provision(server.url(), "registry")
            provision(server.url(), "scoring")

            with (
                psycopg.connect(conninfo(server.url("registry", "registry_app"))) as db,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                db.execute("CREATE TABLE mine (id int)")
            with pytest.raises(psycopg.OperationalError, match="permission denied"):
                psycopg.connect(conninfo(server.url("scoring", "registry_app")))


class TestServer:
    def test_ends_with_a_parent_that_was_killed(self, tmp_path: Path) -> None:
        parent = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert parent.stdout is not None
        with parent.stdout as answer:
            server_pid = int(answer.readline())

        parent.send_signal(signal.SIGKILL)
        parent.wait()

        assert wait_until(lambda: not is_alive(server_pid), 10)
