"""Files and keys as a chain of sealed archives: a full one, and after it what changed since the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.backup import sealed
from deploy.backup.refusals import NoBackup

FULL, INCREMENTAL = "full", "incr"
KEPT_CHAINS = 2
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
        """`incr` without a full one before it becomes one; whole chains go when two newer ones are there."""
        began, archives = datetime.now(UTC), self.archives
        if not any(map(_is_full, archives)):
            kind = FULL
        since = (_taken_at(archives[-1]) - OVERLAP).timestamp() if kind == INCREMENTAL else 0.0
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self.folder / f"{began:{NAME}}-{kind}.sealed"
        sealed.seal(folders, target, passphrase, since=since)
        self._forget_old_chains()
        return target

    def check(self, passphrase: bytes) -> int:
        """Every byte of every archive; how many there are."""
        archives = self.archives
        for archive in archives:
            sealed.check(archive, passphrase)
        return len(archives)

    def restore(self, target: Path, passphrase: bytes) -> None:
        """The newest chain, into a folder without files."""
        archives = self.archives
        starts = [place for place, archive in enumerate(archives) if _is_full(archive)]
        if not starts:
            raise NoBackup(self.folder)
        sealed.unseal(archives[starts[-1] :], target, passphrase)

    def _forget_old_chains(self) -> None:
        starts = [archive for archive in self.archives if _is_full(archive)]
        if len(starts) > KEPT_CHAINS:
            for archive in self.archives:
                if archive < starts[-KEPT_CHAINS]:
                    archive.unlink()


def _is_full(archive: Path) -> bool:
    return archive.stem.endswith(f"-{FULL}")


def _taken_at(archive: Path) -> datetime:
    return datetime.strptime(archive.stem.partition("-")[0], NAME).replace(tzinfo=UTC)
