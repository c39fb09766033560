"""The installation that `make run` keeps in one folder."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from deploy.backup.vault import Vault
from deploy.calling import UnansweredError, ask
from deploy.launcher.holding import NotRunning, current_holder
from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.processes import settings_of
from deploy.launcher.provision import conninfo
from deploy.operator.installations import LIST_FILES, UTC, CommandFailed, Row, Unreachable, parse_files

READY_SECONDS, LOOK_SECONDS = 60.0, 0.2


@dataclass(frozen=True, slots=True)
class LocalInstallation:
    layout: Layout
    kind: str = "local"

    @property
    def server(self) -> LocalPostgres:
        return LocalPostgres(self.layout.postgres)

    @property
    def maintenance_file(self) -> Path:
        return self.layout.maintenance

    def answer(self, service: str, path: str) -> Any:
        try:
            return ask(f"{self.layout.url(service)}{path}")
        except UnansweredError as error:
            raise Unreachable(service) from error

    def rows(self, database: str, query: str) -> list[Row]:
        try:
            address = conninfo(self.server.url(database))
            with psycopg.connect(address, row_factory=dict_row, connect_timeout=5, options=UTC) as db:
                return list(db.execute(query.encode()))
        except psycopg.OperationalError as error:
            raise Unreachable("PostgreSQL") from error

    def run(self, service: str, *arguments: str, as_owner: bool = False) -> str:
        environment = os.environ | settings_of(service, self.layout, self.server)
        if as_owner:
            environment[f"{service.upper()}_OWNER_DATABASE_URL"] = self.server.url(service, f"{service}_owner")
        command = [sys.executable, "-m", service, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandFailed(" ".join((service, *arguments)), done.stderr)
        return done.stdout.strip()

    def install_key(self, *arguments: str) -> str:
        return self.run("registry", *arguments)

    def restart(self, service: str) -> None:
        """Its launcher starts it again."""
        holder = current_holder(self.layout)
        if holder is None:
            raise NotRunning(self.layout)
        before = set(_serving(holder.pid, service))
        for pid in before:
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + READY_SECONDS
        while not (set(_serving(holder.pid, service)) - before and self._is_ready(service)):
            if time.monotonic() > deadline:
                raise Unreachable(service)
            time.sleep(LOOK_SECONDS)

    def key_files(self) -> list[Row]:
        return parse_files("keys", _output("find", str(self.layout.keys), *LIST_FILES))

    def volumes(self) -> list[Row]:
        usage = shutil.disk_usage(self.layout.home)
        return [{"name": str(self.layout.home), "size": usage.total, "free": usage.free}]

    def certificate_ends(self) -> float | None:
        return None

    def backups(self) -> list[float]:
        vault = Vault(self.layout)
        if not vault.repository.configuration.exists():
            return []
        return [backup.finished_at.timestamp() for backup in vault.repository.backups()]

    def material(self) -> Mapping[str, float]:
        newest = Vault(self.layout).material.newest_at
        return {"files": newest.timestamp()} if newest else {}

    def others(self) -> Mapping[str, str]:
        """The launcher looks after its database and the workers within the services."""
        return {}

    def _is_ready(self, service: str) -> bool:
        try:
            return bool(self.answer(service, "/readyz")["status"] == "ok")
        except Unreachable:
            return False


def _serving(launcher: int, service: str) -> Iterator[int]:
    """Process ids of the launcher's children that serve it."""
    for child in Path(f"/proc/{launcher}/task/{launcher}/children").read_text(encoding="ascii").split():
        try:
            command = Path(f"/proc/{child}/cmdline").read_text(encoding="utf-8").rstrip("\0").split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if command[-2:] == [service, "serve"]:
            yield int(child)


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
