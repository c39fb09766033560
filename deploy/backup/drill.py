"""`python -m deploy.backup.drill`: backs a system at work up, kills it, restores it elsewhere, and compares.

Its own databases in a folder of its own; nothing of an installation is touched. Ends with 1 when anything differs.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row
from rich.console import Console

from deploy.backup import fingerprints, vault
from deploy.backup.archiving import ARCHIVE_SECONDS
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import ArchiveBroken, BackupDamaged, PgBackRestFailed
from deploy.backup.vault import Vault
from deploy.backup.writers import Writers
from deploy.launcher.credentials import make_credentials
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from deploy.launcher.schemas import prepare_databases
from scoring.points.ledger.sums import DIFFERENCES, LEDGER

POINT = "drill"
WORK_SECONDS = 6.0
LARGEST_LOSS_SECONDS = 60.0
FILES = 40
Contents = dict[str, dict[str, Fingerprint]]
console = Console(stderr=True, highlight=False)


class Drill:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.layout = Layout(folder / "home", 8000)
        self.vault = Vault(self.layout)
        self.figures: dict[str, Any] = {}
        self.failures: list[str] = []

    def run(self) -> None:
        with self.timed("prepare_seconds"):
            self.prepare()
        expected = self.work_and_die()
        with self.timed("check_seconds"):
            self.vault.check()
        self.restore_to_point(expected)
        self.restore_to_the_last_moment()
        self.damage_is_found()

    def prepare(self) -> None:
        self.layout.make_folders()
        make_credentials(self.layout.keys)
        for number in range(FILES):
            (self.layout.files / f"{number}.jpg").write_bytes(os.urandom(50_000))
        with LocalPostgres(self.layout.postgres) as server:
            asyncio.run(prepare_databases(self.layout, server))
            self.vault.enable(server)

    def work_and_die(self) -> Contents:
        """What the three databases held at the point that is restored later; then the server is killed at work."""
        with LocalPostgres(self.layout.postgres) as server:
            writers = Writers(server)
            writers.start()
            time.sleep(WORK_SECONDS)
            with self.timed("backup_seconds"):
                backup = self.vault.take()
            self.figures["database_mib"] = round(backup.bytes_of_database / 2**20, 1)
            self.figures["backup_mib"] = round(backup.bytes_in_repository / 2**20, 1)
            time.sleep(WORK_SECONDS)
            with writers.paused():
                expected = contents(server)
                with psycopg.connect(conninfo(server.url()), autocommit=True) as db:
                    db.execute("SELECT pg_create_restore_point(%s)", [POINT])
            time.sleep(ARCHIVE_SECONDS + WORK_SECONDS)
            assert server.process is not None
            killed_at = time.time()
            os.killpg(server.process.pid, signal.SIGKILL)
            writers.end()
            self.figures["acknowledged_transactions"] = writers.acknowledged * len(SERVICES)
            self.died_at = writers.last_at
            if self.died_at < killed_at - 1:
                self.failures.append("写入在断电之前就已停止")
        return expected

    def restore_to_point(self, expected: Contents) -> None:
        home = self.folder / "at-the-point"
        started = time.monotonic()
        with vault.recovered(self.restored(home, "--type=name", f"--target={POINT}")) as server:
            self.figures["restore_to_point_seconds"] = round(time.monotonic() - started, 1)
            self.compare(expected, contents(server))
            self.figures["balances"] = self.ledger_holds(server)
            self.same_files(home)
            with self.timed("epoch_seconds"):
                epochs = vault.begin_epochs(server)
            vault.forget_restoration(server)
        for service, (_, events) in epochs.items():
            if events != expected[service]["event_log"].rows:
                self.failures.append(f"{service} 的事件没有全部进入新纪元")
        with LocalPostgres(home / "postgres"):
            self.figures["starts_again_alone"] = True

    def compare(self, expected: Contents, found: Contents) -> None:
        for service in SERVICES:
            for table in fingerprints.differences(expected[service], found[service]):
                rows = [side[service][table].rows for side in (expected, found)]
                self.failures.append(f"{service}.{table} 与备份时刻不同,行数 {rows}")
        self.figures["tables_compared"] = sum(map(len, found.values()))
        self.figures["rows_compared"] = sum(table.rows for tables in found.values() for table in tables.values())

    def restore_to_the_last_moment(self) -> None:
        """Everything the archive has: what is missing is younger than the archive's interval."""
        with vault.recovered(self.restored(self.folder / "at-the-end")) as server:
            with psycopg.connect(conninfo(server.url("scoring"))) as db:
                newest = db.execute("SELECT extract(epoch FROM max(time))::float FROM event_log").fetchone()
            assert newest is not None
            lost = self.died_at - newest[0]
            self.figures["lost_seconds"] = round(lost, 1)
            if lost > LARGEST_LOSS_SECONDS:
                self.failures.append(f"最后 {lost:.0f} 秒的数据没有恢复")
            self.ledger_holds(server)

    def damage_is_found(self) -> None:
        repository = self.vault.folder / "repository"
        largest = max((repository / "backup").glob("*/*F/bundle/*"), key=lambda path: path.stat().st_size)
        segments = sorted((repository / "archive").glob("*/*/*/*-*"))
        harms = (
            ("bundle_byte", with_flipped_byte, largest),
            ("segment_byte", with_flipped_byte, segments[-2]),
            ("segment_missing", without, segments[-2]),
            ("files_byte", with_flipped_byte, self.vault.material.archives[-1]),
        )
        for name, harm, path in harms:
            with harm(path):
                self.figures[f"found_{name}"] = is_found(self.vault.check)
            if not self.figures[f"found_{name}"]:
                self.failures.append(f"没有发现损坏:{name}")
        self.vault.check()

    def restored(self, home: Path, *target: str) -> LocalPostgres:
        return vault.restore(self.vault.folder, self.vault.passphrase, home, *target)

    def ledger_holds(self, server: LocalPostgres) -> dict[str, Any]:
        with psycopg.connect(conninfo(server.url("scoring")), row_factory=dict_row) as db:
            wrong = db.execute(DIFFERENCES.encode()).fetchall()
            summary = db.execute(LEDGER.encode()).fetchone()
        if wrong or not summary or not summary["entries"]:
            self.failures.append(f"积分台账与余额不符,共 {len(wrong)} 处")
        return dict(summary or {})

    def same_files(self, home: Path) -> None:
        for name in ("files", "keys"):
            source, target = self.layout.home / name, home / name
            expected = {path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()}
            wrong = [part for part, content in expected.items() if (target / part).read_bytes() != content]
            self.failures.extend(f"{name}/{part} 与原文件不同" for part in wrong)
            self.figures[f"{name}_compared"] = len(expected)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.figures[name] = round(time.monotonic() - started, 1)
        console.print(f"{name} {self.figures[name]}")


def contents(server: LocalPostgres) -> Contents:
    return {service: fingerprints.of_database(conninfo(server.url(service))) for service in SERVICES}


def is_found(check: Callable[[], object]) -> bool:
    try:
        check()
    except (BackupDamaged, ArchiveBroken, PgBackRestFailed):
        return True
    return False


@contextmanager
def with_flipped_byte(path: Path) -> Iterator[None]:
    sound = path.read_bytes()
    harmed = bytearray(sound)
    harmed[len(harmed) // 2] ^= 0xFF
    path.write_bytes(harmed)
    yield
    path.write_bytes(sound)


@contextmanager
def without(path: Path) -> Iterator[None]:
    hidden = path.with_suffix(".hidden")
    path.rename(hidden)
    away = hidden.rename(Path(tempfile.gettempdir()) / f"liangxin-drill-{os.getpid()}")
    yield
    shutil.move(away, path)


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="liangxin-restore-drill-"))
    folder.chmod(0o711)
    drill = Drill(folder)
    try:
        with drill.timed("whole_seconds"):
            drill.run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps({"figures": drill.figures, "failures": drill.failures}, ensure_ascii=False, indent=1))
    return 1 if drill.failures else 0


if __name__ == "__main__":
    sys.exit(main())
