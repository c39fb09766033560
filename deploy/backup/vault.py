"""The backup of one installation: its databases by pgBackRest, its files and keys as sealed archives beside them."""

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from deploy.backup import archiving
from deploy.backup.material import FULL, INCREMENTAL, Material
from deploy.backup.refusals import NotEmpty, NotEnabled
from deploy.backup.repository import Backup, Repository
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from hosting.epochs import begin_epoch

RESTORING = "pgbackrest.restore.conf"
MATERIAL = "material"
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
    def material(self) -> Material:
        return Material(self.folder / MATERIAL)

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
        archiving.configure(self.repository, server, self.passphrase)
        return archiving.start_archiving(self.repository, server)

    def take(self, kind: str = FULL) -> Backup:
        """Files are only ever added: the archive taken after the database holds all that it names."""
        self.passphrase  # noqa: B018 - refuses when backups were never enabled
        self.repository.create()
        backup = self.repository.take(kind)
        self.take_files(kind)
        return backup

    def take_files(self, kind: str = INCREMENTAL) -> str:
        """Name of the archive."""
        folders = {"keys": self.layout.keys, "files": self.layout.files}
        return self.material.take(folders, self.passphrase.encode(), kind).name

    def check(self) -> int:
        """Every byte of the repository and of every archive; the number of archives."""
        self.repository.verify()
        return self.material.check(self.passphrase.encode())

    def newest(self) -> Backup:
        return self.repository.newest()


def restore(backup: Path, passphrase: str, home: Path, *target: str) -> LocalPostgres:
    """Databases, keys and files into an empty home, one moment for all three databases; the server is not started.

    `target` is pgBackRest's: ("--type=time", "--target=2026-11-21 12:00:00+08") or nothing for the last moment.
    """
    if home.exists() and any(home.iterdir()):
        raise NotEmpty(home)
    Material(backup / MATERIAL).restore(home, passphrase.encode())
    server = LocalPostgres(home / "postgres", patience=REPLAY_SECONDS)
    repository = Repository(backup, home / "keys" / RESTORING)
    archiving.configure(repository, server, passphrase)
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
