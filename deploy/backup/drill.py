"""`python -m deploy.backup.drill`: backs a system at work up, kills it, restores it elsewhere, and compares.

A system of its own in a folder of its own; nothing of an installation is touched. Ends with 1 when anything differs.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from deploy.backup import fingerprints, vault
from deploy.backup.archiving import ARCHIVE_SECONDS
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import ArchiveBroken, BackupDamaged, PgBackRestFailed
from deploy.backup.vault import Vault
from deploy.backup.work import cut_off, keep_backups, played_year, registering, standing_still
from deploy.bench.system import launched
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from deploy.launcher.refusals import Refusal
from deploy.operator.installations import asked
from deploy.operator.local import LocalInstallation

POINT = "drill"
OWN_PORT = 24800
WORK_SECONDS, LONGEST_PAUSE_SECONDS, BOOKED_SECONDS = 6.0, 5.0, 600.0
LARGEST_LOSS_SECONDS = 60.0
FILES = 40
Contents = dict[str, dict[str, Fingerprint]]
console = Console(stderr=True, highlight=False)


class NothingBooked(Refusal):
    def __init__(self) -> None:
        super().__init__(f"{BOOKED_SECONDS:.0f} 秒内没有一分入账,演练不能说明什么")


class Drill:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.layout = Layout(folder / "home", OWN_PORT)
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
        keep_backups(self.layout)
        for number in range(FILES):
            (self.layout.files / f"{number}.jpg").write_bytes(os.urandom(50_000))

    def work_and_die(self) -> Contents:
        """What the three databases held at the point that is restored later; then all is killed at work."""
        server = LocalPostgres(self.layout.postgres)
        with launched(self.layout), played_year(self.layout), registering(self.layout) as callers:
            self.until_points_are_booked()
            with self.timed("backup_seconds"):
                backup = self.vault.take()
            self.figures["database_mib"] = round(backup.bytes_of_database / 2**20, 1)
            self.figures["backup_mib"] = round(backup.bytes_in_repository / 2**20, 1)
            time.sleep(WORK_SECONDS)
            with standing_still(self.layout):
                expected = contents(server)
                with psycopg.connect(conninfo(server.url()), autocommit=True) as db:
                    db.execute("SELECT pg_create_restore_point(%s)", [POINT])
            time.sleep(ARCHIVE_SECONDS + WORK_SECONDS)
            killed_at = time.time()
            cut_off(self.layout)
            self.died_at = callers.last_at
            self.figures["acknowledged_units"] = len(callers.acknowledged)
            if self.died_at < killed_at - LONGEST_PAUSE_SECONDS:
                self.failures.append("写入在断电之前就已停止")
        return expected

    def until_points_are_booked(self) -> None:
        deadline = time.monotonic() + BOOKED_SECONDS
        while not verified(self.layout)["entries"]:
            if time.monotonic() > deadline:
                raise NothingBooked
            time.sleep(WORK_SECONDS)

    def restore_to_point(self, expected: Contents) -> None:
        home = self.folder / "at-the-point"
        started = time.monotonic()
        with vault.recovered(self.restored(home, "--type=name", f"--target={POINT}")) as server:
            self.figures["restore_to_point_seconds"] = round(time.monotonic() - started, 1)
            self.compare(expected, contents(server))
            self.figures["balances"] = self.ledger_holds(home)
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
        home = self.folder / "at-the-end"
        with vault.recovered(self.restored(home)):
            newest = asked(LocalInstallation(Layout(home, OWN_PORT)), "registry", "state")["newest_event_at"]
            lost = self.died_at - newest
            self.figures["lost_seconds"] = round(lost, 1)
            if lost > LARGEST_LOSS_SECONDS:
                self.failures.append(f"最后 {lost:.0f} 秒的数据没有恢复")
            self.ledger_holds(home)

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

    def ledger_holds(self, home: Path) -> dict[str, Any]:
        found = verified(Layout(home, OWN_PORT))
        if found["differences"] or not found["entries"]:
            self.failures.append(f"积分台账与余额不符,共 {len(found['differences'])} 处")
        return found

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


def verified(layout: Layout) -> dict[str, Any]:
    found: dict[str, Any] = asked(LocalInstallation(layout), "scoring", "verify", "--json")
    return found


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
