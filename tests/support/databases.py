"""Real databases: one server a run, one migrated template a service, one fresh clone a call."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from psycopg import sql

from deploy.launcher.provision import conninfo, provision
from hosting import migrations
from tests.support.locks import file_lock

ROOT = Path(__file__).parents[2]
FOLDER_VARIABLE = "LIANGXIN_TEST_FOLDER"
KIT = "kit"
START_SECONDS = 30.0
MEMORY, ROOM_BYTES = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - mkdtemp makes a folder of its own in it


@dataclass(frozen=True, slots=True)
class Database:
    app_url: str
    owner_url: str
    name: str


MakeDatabase = Callable[[str], Database]
_held_open: list[BinaryIO] = []


def _place() -> Path | None:
    """Memory where there is room for it: ext4 looks longer for a free inode after every database that is dropped."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        return None
    return MEMORY


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run makes the folder and holds its lock for as long as it lives."""
    config.addinivalue_line("markers", "feature(id): the test shows this capability of docs/features.csv")
    if FOLDER_VARIABLE in os.environ:
        return
    folder = Path(tempfile.mkdtemp(prefix="liangxin-test-", dir=_place()))
    folder.chmod(0o711)
    held = (folder / "alive").open("wb")
    fcntl.flock(held, fcntl.LOCK_EX)
    _held_open.append(held)
    os.environ[FOLDER_VARIABLE] = str(folder)


def pytest_unconfigure() -> None:
    if not _held_open:
        return
    folder = Path(os.environ.pop(FOLDER_VARIABLE))
    _held_open.pop().close()
    if not (folder / "postgres").exists():
        shutil.rmtree(folder, ignore_errors=True)


class TestServer:
    __test__ = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with file_lock(folder / "server.lock"):
            if not (folder / "address").exists():
                self._start()
        self.admin_url = (folder / "address").read_text(encoding="utf-8")

    def _start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.server", str(self.folder)],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not (self.folder / "address").exists():
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.exit(f"PostgreSQL for tests did not start: {self.folder}/server.log", returncode=3)
            time.sleep(0.02)
        process.returncode = 0  # it ends with the run, not with this worker: nobody waits for it here

    def url(self, database: str, role: str) -> str:
        address = urlsplit(self.admin_url)
        return address._replace(netloc=f"{role}@", path=f"/{database}").geturl()

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(conninfo(self.admin_url), autocommit=True) as connection:
            yield connection

    def template(self, service: str) -> str:
        name = f"{service}_template"
        with file_lock(self.folder / f"{name}.lock"), self.admin() as admin:
            found = admin.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None or not found[0]:
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
                provision(self.admin_url, service, name)
                migrate(service, self.url(name, f"{service}_owner"))
                admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(name)))
        return name

    def clone(self, service: str) -> Database:
        template, name = self.template(service), f"{service}_{uuid4().hex[:12]}"
        owner = f"{service}_owner"
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY")
        with self.admin() as admin:
            admin.execute(statement.format(sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template)))
        return Database(self.url(name, f"{service}_app"), self.url(name, owner), name)

    def drop(self, database: Database) -> None:
        with self.admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database.name)))


def migrate(service: str, owner_url: str) -> None:
    scripts = ROOT / "tests/support/kit_migrations" if service == KIT else ROOT / "services" / service / "migrations"
    command.upgrade(migrations.config(scripts, owner_url), "head")


def _lending(server: TestServer) -> Iterator[MakeDatabase]:
    lent: list[Database] = []

    def make(service: str) -> Database:
        lent.append(server.clone(service))
        return lent[-1]

    yield make
    for database in lent:
        server.drop(database)


@pytest.fixture(scope="session")
def postgres_server() -> TestServer:
    return TestServer(Path(os.environ[FOLDER_VARIABLE]))


@pytest.fixture
def make_database(postgres_server: TestServer) -> Iterator[MakeDatabase]:
    """`make_database("registry")`: a fresh, migrated database, gone after the test; "kit" has only kit's tables."""
    yield from _lending(postgres_server)


@pytest.fixture(scope="session")
def make_shared_database(postgres_server: TestServer) -> Iterator[MakeDatabase]:
    """The same for fixtures of a wider scope: gone at the end of the run."""
    yield from _lending(postgres_server)
