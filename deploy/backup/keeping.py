"""What the container `backup` does all day: what is due, told to whoever watches, and tried again where it fails."""

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from deploy.backup.material import INCREMENTAL, Material
from deploy.backup.refusals import NotMounted
from deploy.backup.repository import Repository
from deploy.backup.schedule import due
from deploy.launcher.refusals import Refusal

ROUND_SECONDS, AGAIN_SECONDS = 60.0, 10.0
VERIFY_EVERY, VERIFY_AGAIN = timedelta(days=7), timedelta(hours=1)


@dataclass
class Keeper:
    """`begun` stands beside the database once something was archived; `sources` are the folders of files and keys."""

    folder: Path
    repository: Repository
    material: Material
    sources: Path
    passphrase: bytes
    begun: Path
    metrics: Path
    healthy: Path
    hour: int
    files_every: timedelta
    _tried_to_verify: datetime = field(default=datetime.min.replace(tzinfo=UTC), init=False)

    @property
    def verified(self) -> Path:
        return self.folder / "verified"

    def keep(self) -> None:
        """Until it is stopped."""
        is_begun = False
        while True:
            pause = ROUND_SECONDS
            try:
                if not is_begun:
                    self.begin()
                    is_begun = True
                self.do_what_is_due(datetime.now(UTC))
                self.healthy.touch()
            except (Refusal, OSError) as error:
                tell("backup.failed", reason=str(error))
                pause = AGAIN_SECONDS
            time.sleep(pause)

    def begin(self) -> None:
        """Where backups were kept once, a folder without them is the wrong one."""
        if self.begun.exists() and not (self.folder / "repository").exists():
            raise NotMounted(self.begun)
        self.repository.create()
        self.healthy.touch()

    def do_what_is_due(self, now: datetime) -> None:
        """Files first, and metrics before the check: what fails must not keep the rest from being done and told."""
        newest = self.material.newest_at
        if newest is None or abs(now - newest) >= self.files_every:
            self.take_files()
        self.write_metrics()
        if kind := due(now, self.repository.backups(), self.hour):
            tell("backup.taken", **self.take(kind))
            self.write_metrics()
        is_old = abs(now.timestamp() - self.verified_at()) > VERIFY_EVERY.total_seconds()
        if is_old and abs(now - self._tried_to_verify) >= VERIFY_AGAIN:
            self._tried_to_verify = now
            tell("backup.verified", **self.check())
            self.write_metrics()

    def take(self, kind: str) -> dict[str, Any]:
        """Files are only ever added: the archive taken after the database holds all that it names."""
        backup = self.repository.take(kind)
        self.take_files(kind)
        return backup.as_json()

    def take_files(self, kind: str = INCREMENTAL) -> dict[str, Any]:
        folders = {folder.name: folder for folder in sorted(self.sources.iterdir())}
        return {"archive": self.material.take(folders, self.passphrase, kind).name}

    def check(self) -> dict[str, Any]:
        self.repository.verify()
        archives = self.material.check(self.passphrase)
        self.verified.touch()
        return {"archives": archives}

    def verified_at(self) -> float:
        return self.verified.stat().st_mtime if self.verified.exists() else 0.0

    def write_metrics(self) -> None:
        backups, files_at = self.repository.backups(), self.material.newest_at
        samples: dict[str, float] = {"verified_timestamp_seconds": self.verified_at()}
        if files_at is not None:
            samples["files_finished_timestamp_seconds"] = files_at.timestamp()
        if backups:
            samples["finished_timestamp_seconds"] = backups[-1].finished_at.timestamp()
            samples["repository_bytes"] = backups[-1].bytes_in_repository
        lines = [f"liangxin_backup_{name} {value}\n" for name, value in samples.items()]
        part = self.metrics.with_suffix(".part")
        part.write_text("".join(lines), encoding="ascii")
        part.replace(self.metrics)


def tell(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)
