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
        """Metrics before the check: a damaged repository must not hide that backups are still taken."""
        kind, newest = due(now, self.repository.backups(), self.hour), self.material.newest_at
        if kind:
            tell("backup.taken", **self.take(kind))
        elif newest is None or abs(now - newest) >= self.files_every:
            self.take_files()
        self.write_metrics()
        is_old = self.verified_at() < (now - VERIFY_EVERY).timestamp()
        if is_old and now - self._tried_to_verify >= VERIFY_AGAIN:
            self._tried_to_verify = now
            tell("backup.verified", **self.check())

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
        newest, files_at = self.repository.newest(), self.material.newest_at
        assert files_at is not None
        samples = {
            "finished_timestamp_seconds": newest.finished_at.timestamp(),
            "files_finished_timestamp_seconds": files_at.timestamp(),
            "verified_timestamp_seconds": self.verified_at(),
            "repository_bytes": newest.bytes_in_repository,
        }
        lines = [f"liangxin_backup_{name} {value}\n" for name, value in samples.items()]
        part = self.metrics.with_suffix(".part")
        part.write_text("".join(lines), encoding="ascii")
        part.replace(self.metrics)


def tell(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)
