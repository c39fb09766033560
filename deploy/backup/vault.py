"""The backup of one installation: its databases by pgBackRest, its files and keys as sealed archives beside them."""

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from deploy.backup import sealed
from deploy.backup.refusals import NoBackup, NotEmpty, NotEnabled
from deploy.backup.repository import Backup, Repository
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from kit.events.epochs import begin_epoch

KEPT_ARCHIVES = 14
RESTORING = "pgbackrest.restore.conf"
PASSPHRASE_BYTES = 32
REPLAY_SECONDS, LOOK_SECONDS = 24 * 3600.0, 0.1


@dataclass(frozen=True, slots=True)
class Vault:
    layout: Layout

    @property
    def folder(self) -> Path:
        return self.layout.home / "backup"

    @property
    def passphrase_file(self) -> Path:
        return self.layout.keys / "backup-passphrase"

    @property
    def repository(self) -> Repository:
        return Repository(self.folder, self.layout.keys / "pgbackrest.conf")

    @property
    def archives(self) -> list[Path]:
        """Of files and keys, oldest first."""
        return sorted((self.folder / "material").glob("*.sealed"))

    @property
    def passphrase(self) -> str:
        try:
            return self.passphrase_file.read_text(encoding="ascii").strip()
        except OSError as error:
            raise NotEnabled from error

    def enable(self, server: LocalPostgres) -> bool:
        """Whether the server has to be started again before backups can be taken."""
        if not self.passphrase_file.exists():
            descriptor = os.open(self.passphrase_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(PASSPHRASE_BYTES))
        (self.folder / "material").mkdir(mode=0o700, parents=True, exist_ok=True)
        self.repository.configure(server, self.passphrase)
        return self.repository.start_archiving(server)

    def take(self, kind: str = "full") -> Backup:
        """Files are only ever added: the archive taken after the database holds all that it names."""
        self.passphrase  # noqa: B018 - refuses when backups were never enabled
        self.repository.create()
        backup = self.repository.take(kind)
        self.take_files()
        return backup

    def take_files(self) -> Path:
        target = self.folder / "material" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.sealed"
        sealed.seal({"keys": self.layout.keys, "files": self.layout.files}, target, self.passphrase.encode())
        for old in self.archives[:-KEPT_ARCHIVES]:
            old.unlink()
        return target

    def check(self) -> int:
        """Every byte of the repository and of every archive; the number of archives."""
        passphrase = self.passphrase.encode()
        self.repository.verify()
        for archive in self.archives:
            sealed.check(archive, passphrase)
        return len(self.archives)


def restore(backup: Path, passphrase: str, home: Path, *target: str) -> LocalPostgres:
    """Databases, keys and files into an empty home, one moment for all three databases; the server is not started.

    `target` is pgBackRest's: ("--type=time", "--target=2026-11-21 12:00:00+08") or nothing for the last moment.
    """
    if home.exists() and any(home.iterdir()):
        raise NotEmpty(home)
    archives = sorted((backup / "material").glob("*.sealed"))
    if not archives:
        raise NoBackup(backup)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealed.unseal(archives[-1], home, passphrase.encode())
    server = LocalPostgres(home / "postgres", patience=REPLAY_SECONDS)
    repository = Repository(backup, home / "keys" / RESTORING)
    repository.configure(server, passphrase)
    repository.restore(server.data, *target, archives=False)
    return server


@contextmanager
def recovered(server: LocalPostgres) -> Iterator[LocalPostgres]:
    """PostgreSQL lets people read while it still replays: nobody may look before the last record."""
    with server, psycopg.connect(conninfo(server.url()), autocommit=True) as db:
        while (row := db.execute("SELECT pg_is_in_recovery()").fetchone()) is None or row[0]:
            time.sleep(LOOK_SECONDS)
        db.close()
        yield server


def begin_epochs(server: LocalPostgres, services: Sequence[str] = SERVICES) -> dict[str, tuple[int, int]]:
    """Number of the epoch and events in it, by service."""
    return {service: begin_epoch(server.url(service, f"{service}_owner")) for service in services}


def forget_restoration(server: LocalPostgres) -> None:
    """The next start is an ordinary one: it must not look for a target in an archive that may be elsewhere."""
    with psycopg.connect(conninfo(server.url()), autocommit=True) as db:
        for name in ("restore_command", "recovery_target_name", "recovery_target_time", "recovery_target_action"):
            db.execute(f"ALTER SYSTEM RESET {name}".encode())
    (server.data.parent / "keys" / RESTORING).unlink(missing_ok=True)
