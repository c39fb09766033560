"""Files and keys as a chain of sealed archives: a full one, and after it what changed since the one before.

They are numbered, because a clock may step back.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.backup import sealed
from deploy.backup.refusals import NoBackup

FULL, INCREMENTAL = "full", "incr"
KEPT = timedelta(days=14)
NAME = "%Y%m%dT%H%M%SZ"
# What a clock that was set back could otherwise hide from the next archive.
OVERLAP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Material:
    folder: Path

    @property
    def archives(self) -> list[Path]:
        """Oldest first."""
        return sorted(self.folder.glob("*.sealed"))

    @property
    def newest_at(self) -> datetime | None:
        archives = self.archives
        return _taken_at(archives[-1]) if archives else None

    def take(self, folders: Mapping[str, Path], passphrase: bytes, kind: str) -> Path:
        """`incr` becomes `full` where there is none yet, or where the newest is of a clock that was ahead.

        A chain goes when a newer one reaches far enough back.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone():
            began, archives = datetime.now(UTC), self.archives
            is_full = kind == FULL or not any(map(_is_full, archives)) or _taken_at(archives[-1]) > began
            since = 0.0 if is_full else (_taken_at(archives[-1]) - OVERLAP).timestamp()
            number = _number(archives[-1]) + 1 if archives else 1
            target = self.folder / f"{number:06d}-{began:{NAME}}-{FULL if is_full else INCREMENTAL}.sealed"
            sealed.seal(folders, target, passphrase, since=since)
            self._forget_old_chains(began)
        return target

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time; what a killed one or a full disk left goes."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            for part in self.folder.glob(".*.part"):
                part.unlink()
            yield
        finally:
            os.close(folder)

    def check(self, passphrase: bytes) -> int:
        """Every byte of every archive; how many there are."""
        archives = self.archives
        for archive in archives:
            sealed.check(archive, passphrase)
        return len(archives)

    def restore(self, target: Path, passphrase: bytes) -> None:
        """The newest chain, into a folder without files; every byte is read before the first is written."""
        archives = self.archives
        starts = [place for place, archive in enumerate(archives) if _is_full(archive)]
        if not starts:
            raise NoBackup(self.folder)
        chain = archives[starts[-1] :]
        for archive in chain:
            sealed.check(archive, passphrase)
        sealed.unseal(chain, target, passphrase)

    def _forget_old_chains(self, now: datetime) -> None:
        *older, _ = (archive for archive in self.archives if _is_full(archive))
        reaching = [archive for archive in older if _taken_at(archive) <= now - KEPT]
        if reaching:
            for archive in self.archives:
                if archive < reaching[-1]:
                    archive.unlink()


def _is_full(archive: Path) -> bool:
    return archive.stem.endswith(f"-{FULL}")


def _number(archive: Path) -> int:
    return int(archive.stem.partition("-")[0])


def _taken_at(archive: Path) -> datetime:
    return datetime.strptime(archive.stem.split("-")[1], NAME).replace(tzinfo=UTC)
