"""A whole district as one sealed file, and from it a new installation: also on another major version of PostgreSQL.

Nothing is written while it is taken, so the three databases stand at one moment; what arrives is compared
table by table with what left.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from deploy.backup import fingerprints, sealed
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import NotEmpty
from deploy.backup.vault import begin_epochs
from deploy.launcher.binaries import find_binaries
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo, provision
from deploy.launcher.refusals import Refusal
from deploy.operator import maintenance
from deploy.operator.installations import CommandFailed

NOTICED_SECONDS, QUIET_SECONDS = 2.0, 5.0
CONTENTS = "contents.json"
WORKING = ("procrastinate_", "feed_cursor")
Contents = dict[str, dict[str, Fingerprint]]
Tell = Callable[[str], None]


class ArrivedDifferent(Refusal):
    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"迁入的内容与迁出时不同:{'、'.join(tables[:5])},请不要使用这个目录")


class StillWritten(Refusal):
    def __init__(self) -> None:
        super().__init__("迁出期间仍有写入(后台任务未结束),请稍后再试")


def export(layout: Layout, target: Path, passphrase: bytes, tell: Tell) -> int:
    """The number of rows in it."""
    server = LocalPostgres(layout.postgres)
    with tempfile.TemporaryDirectory(dir=layout.home) as name, _closed_to_writers(layout):
        folder = Path(name)
        before = _contents(server)
        for service in SERVICES:
            tell(f"读出 {service}")
            _program(server, "pg_dump", "-Fc", "-f", str(folder / service), "-d", conninfo(server.url(service)))
        if _contents(server) != before:
            raise StillWritten
        (folder / CONTENTS).write_text(json.dumps(before), encoding="utf-8")
        tell("加密")
        sealed.seal({"databases": folder, "keys": layout.keys, "files": layout.files}, target, passphrase)
    return _rows(before)


def import_into(home: Path, source: Path, passphrase: bytes, tell: Tell) -> int:
    """The number of rows, all compared; the system there is not started."""
    if home.exists() and any(home.iterdir()):
        raise NotEmpty(home)
    sealed.unseal([source], home, passphrase)
    databases = home / "databases"
    expected: Contents = {
        service: {table: Fingerprint(*found) for table, found in tables.items()}
        for service, tables in json.loads((databases / CONTENTS).read_text(encoding="utf-8")).items()
    }
    with LocalPostgres(home / "postgres") as server:
        for service in SERVICES:
            tell(f"写入 {service}")
            provision(server.url(), service)
            dump = ("--exit-on-error", "-d", conninfo(server.url(service)), str(databases / service))
            _program(server, "pg_restore", *dump)
        found = _contents(server)
        wrong = [
            f"{service}.{table}"
            for service in SERVICES
            for table in fingerprints.differences(expected[service], found[service])
        ]
        if wrong:
            raise ArrivedDifferent(wrong)
        begin_epochs(server)
    for path in databases.iterdir():
        path.unlink()
    databases.rmdir()
    return _rows(expected)


@contextmanager
def _closed_to_writers(layout: Layout) -> Iterator[None]:
    was_closed = layout.maintenance.exists()
    if not was_closed:
        maintenance.begin(layout.maintenance, datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=10))
        time.sleep(NOTICED_SECONDS + QUIET_SECONDS)
    try:
        yield
    finally:
        if not was_closed:
            maintenance.end(layout.maintenance)


def _contents(server: LocalPostgres) -> Contents:
    found = {service: fingerprints.of_database(conninfo(server.url(service))) for service in SERVICES}
    return {
        service: {table: content for table, content in tables.items() if not table.startswith(WORKING)}
        for service, tables in found.items()
    }


def _rows(contents: Contents) -> int:
    return sum(table.rows for tables in contents.values() for table in tables.values())


def _program(server: LocalPostgres, name: str, *arguments: str) -> None:
    program = find_binaries(server.data) / name
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(name, done.stderr)
