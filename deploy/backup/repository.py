"""pgBackRest for one installation: its configuration, its commands, and what it says."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from deploy.backup.refusals import BackupDamaged, NoBackup, NoPgBackRest, PgBackRestFailed
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo

STANZA = "liangxin"
ARCHIVE_SECONDS = 30
KEPT_FULL_BACKUPS = 2
SEGMENT = re.compile(r"[0-9A-F]{24}(?=-)")
TIMELINE_DIGITS, SEGMENTS_OF_A_LOG = 8, 256
CONFIGURATION = """[global]
repo1-path={folder}/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass={passphrase}
repo1-retention-full={kept}
repo1-bundle=y
compress-type=zst
start-fast=y
exclude=.s.PGSQL.5432
exclude=.s.PGSQL.5432.lock
log-path={folder}/log
lock-path={folder}/lock

[{stanza}]
pg1-path={data}
pg1-socket-path={sockets}
pg1-user=postgres
"""


@dataclass(frozen=True, slots=True)
class Backup:
    label: str
    kind: str
    finished_at: datetime
    bytes_of_database: int
    bytes_in_repository: int

    @property
    def age_seconds(self) -> float:
        return (datetime.now(UTC) - self.finished_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Repository:
    folder: Path
    configuration: Path

    def configure(self, server: LocalPostgres, passphrase: str) -> None:
        """`server` may be stopped, or not even exist yet: a restore needs its folder only."""
        if shutil.which("pgbackrest") is None:
            raise NoPgBackRest
        for name in ("repository", "log", "lock"):
            (self.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        content = CONFIGURATION.format(
            folder=self.folder, passphrase=passphrase, kept=KEPT_FULL_BACKUPS,
            stanza=STANZA, data=server.data, sockets=server.sockets,
        )  # fmt: skip
        descriptor = os.open(self.configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(content)

    def start_archiving(self, server: LocalPostgres) -> bool:
        """Whether the server has to be started again before it archives."""
        command = f"pgbackrest --config={self.configuration} --stanza={STANZA} archive-push %p"
        settings = {"archive_mode": "on", "archive_command": command, "archive_timeout": f"{ARCHIVE_SECONDS}s"}
        with psycopg.connect(conninfo(server.url()), autocommit=True) as db:
            for name, value in settings.items():
                db.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
            db.execute("SELECT pg_reload_conf()")
            found = db.execute("SHOW archive_mode").fetchone()
        return found is None or found[0] != "on"

    def create(self) -> None:
        self.run("stanza-create")
        self.run("check")

    def take(self, kind: str = "full") -> Backup:
        self.run("backup", f"--type={kind}")
        return self.newest()

    def backups(self) -> list[Backup]:
        """Oldest first."""
        stanzas: list[Mapping[str, Any]] = json.loads(self.run("info", "--output=json"))
        return [_backup(one) for stanza in stanzas for one in stanza["backup"]]

    def newest(self) -> Backup:
        found = self.backups()
        if not found:
            raise NoBackup(self.folder)
        return found[-1]

    def verify(self) -> None:
        """Every file of every backup and of the archive against its checksum."""
        lines = self.run("verify", "--output=text", "--verbose").splitlines()
        if "status: ok" not in lines:
            raise BackupDamaged(" ".join(line.strip() for line in lines if line.startswith("  ")))
        if missing := self.missing_segments():
            raise BackupDamaged(f"缺少 {len(missing)} 段日志,第一段 {missing[0]}")

    def missing_segments(self) -> list[str]:
        """`verify` accepts gaps of the archive; a restore past the oldest backup does not get over them."""
        started = json.loads(self.run("info", "--output=json"))[0]["backup"][0]["archive"]["start"]
        files: Mapping[str, Any] = json.loads(self.run("repo-ls", "--recurse", "--output=json", f"archive/{STANZA}"))
        names = sorted({found.group() for file in files if (found := SEGMENT.search(file))})
        return gaps([name for name in names if name >= started], started)

    def restore(self, target: Path, *options: str, archives: bool) -> None:
        """Into an empty folder; without `archives` the restored server leaves this repository alone."""
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        keeping = () if archives else ("--archive-mode=off",)
        ending = ("--target-action=promote",) if options else ()
        self.run(f"--pg1-path={target}", *ending, *keeping, *options, "restore")

    def run(self, *arguments: str) -> str:
        command = ["pgbackrest", f"--config={self.configuration}", f"--stanza={STANZA}", "--log-level-console=warn"]
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            name = next(argument for argument in arguments if not argument.startswith("--"))
            raise PgBackRestFailed(name, done.stdout + done.stderr)
        return done.stdout


def gaps(names: Sequence[str], started: str) -> list[str]:
    """Segments of 16 MiB that are not there between the first and the last of their timeline."""
    missing: list[str] = []
    if started not in names:
        missing.append(started)
    for before, after in pairwise(names):
        if before[:TIMELINE_DIGITS] == after[:TIMELINE_DIGITS]:
            missing += [_segment(before, number) for number in range(_number(before) + 1, _number(after))]
    return missing


def _number(segment: str) -> int:
    return int(segment[8:16], 16) * SEGMENTS_OF_A_LOG + int(segment[16:], 16)


def _segment(example: str, number: int) -> str:
    return f"{example[:TIMELINE_DIGITS]}{number // SEGMENTS_OF_A_LOG:08X}{number % SEGMENTS_OF_A_LOG:08X}"


def _backup(found: Mapping[str, Any]) -> Backup:
    return Backup(
        found["label"],
        found["type"],
        datetime.fromtimestamp(found["timestamp"]["stop"], UTC),
        found["info"]["size"],
        found["info"]["repository"]["size"],
    )
