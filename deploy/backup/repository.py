"""pgBackRest for one installation: its commands, and what it says."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from deploy.backup.refusals import BackupDamaged, NoBackup, PgBackRestFailed

STANZA = "liangxin"
SEGMENT = re.compile(r"[0-9A-F]{24}(?=-)")
TIMELINE_DIGITS, SEGMENTS_OF_A_LOG = 8, 256


@dataclass(frozen=True, slots=True)
class Backup:
    label: str
    kind: str
    finished_at: datetime
    bytes_of_database: int
    bytes_in_repository: int

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> "Backup":
        return cls(**{**found, "finished_at": datetime.fromtimestamp(found["finished_at"], UTC)})

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"finished_at": self.finished_at.timestamp()}

    @property
    def age_seconds(self) -> float:
        return (datetime.now(UTC) - self.finished_at).total_seconds()


@dataclass(frozen=True, slots=True)
class Repository:
    folder: Path
    configuration: Path

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
