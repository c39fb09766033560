"""The installation that Docker Compose runs from this checkout."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.backup.refusals import NotKept
from deploy.backup.repository import Backup
from deploy.launcher.layout import ROOT
from deploy.operator.installations import (
    DEPLOYABLES,
    LIST_FILES,
    CommandFailed,
    Row,
    Unreachable,
    parse_end,
    parse_files,
    parse_volume,
)

PORTS = {"gateway": 8000, "registry": 8101, "scoring": 8102, "training": 8103}
ASK = """
import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
connection.request("GET", sys.argv[2])
print(connection.getresponse().read().decode())
"""
END_OF_CERTIFICATE = '[ "$EDGE_TLS" != given ] || openssl x509 -in /run/certificates/edge.crt -noout -enddate'
VOLUMES = {"postgres": "/var/lib/liangxin/database", "scoring": "/var/lib/liangxin/files"}
WITH_WORKER = frozenset(("registry", "scoring", "training"))


@dataclass(frozen=True, slots=True)
class ComposedInstallation:
    kind: str = "compose"

    @property
    def maintenance_file(self) -> Path:
        folder = os.environ.get("MAINTENANCE") or "deploy/maintenance"
        return (ROOT / folder / "on").absolute()

    def answer(self, service: str, path: str) -> Any:
        try:
            return json.loads(compose("exec", "-T", service, "python", "-c", ASK, str(PORTS[service]), path))
        except (CommandFailed, ValueError) as error:
            raise Unreachable(service) from error

    def rows(self, database: str, query: str) -> list[Row]:
        packed = f"SELECT coalesce(json_agg(each), '[]') FROM ({query.strip()}) AS each"  # noqa: S608 - ours
        options = ("-U", "postgres", "-d", database, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", packed)
        found: list[Row] = json.loads(compose("exec", "-T", "postgres", "psql", *options))
        return found

    def run(self, service: str, *arguments: str, as_owner: bool = False) -> str:
        if as_owner:
            return compose("run", "--rm", "--no-deps", "-T", f"migrate-{service}", service, *arguments)
        return compose("exec", "-T", service, "python", "-m", service, *arguments)

    def install_key(self, *arguments: str) -> str:
        settings = {"SIGNING_KEYS_DIR": "signing", "DATA_KEYS_FILE": "data.json"}
        options = [
            part for name, value in settings.items() for part in ("-e", f"REGISTRY_{name}=/keys/registry/{value}")
        ]
        return compose("run", "--rm", "--no-deps", "-T", *options, "keys", "registry", *arguments)

    def restart(self, service: str) -> None:
        workers = (f"{service}-worker",) if service in WITH_WORKER else ()
        compose("restart", service, *workers)
        compose("up", "-d", "--wait", "--no-recreate", service)

    def key_files(self) -> list[Row]:
        places = (*DEPLOYABLES, "postgres")
        return [
            row
            for place in places
            for row in parse_files(place, compose("exec", "-T", place, "find", "/run/keys", *LIST_FILES))
        ]

    def volumes(self) -> list[Row]:
        return [parse_volume(name, compose("exec", "-T", name, "df", "-Pk", path)) for name, path in VOLUMES.items()]

    def certificate_ends(self) -> float | None:
        said = compose("exec", "-T", "edge", "sh", "-c", END_OF_CERTIFICATE)
        return parse_end(said) if said else None

    def backups(self) -> list[float]:
        info = ("pgbackrest", "--output=json", "info")
        try:
            stanzas = json.loads(compose("exec", "-T", "postgres", *info))
        except CommandFailed:
            return []
        return [float(backup["timestamp"]["stop"]) for stanza in stanzas for backup in stanza["backup"]]


class ComposedVault:
    """The backups that the container `backup` keeps."""

    def take(self, kind: str) -> Backup:
        return Backup.from_json(self._ask("take", "--kind", kind))

    def take_files(self) -> str:
        return str(self._ask("files")["archive"])

    def check(self) -> int:
        return int(self._ask("check")["archives"])

    def newest(self) -> Backup:
        return Backup.from_json(self._ask("newest"))

    def _ask(self, *arguments: str) -> Any:
        try:
            return json.loads(compose("exec", "-T", "backup", "python3", "-m", "deploy.backup.contained", *arguments))
        except CommandFailed as failed:
            raise NotKept(str(failed)) from failed


def is_composed() -> bool:
    """Whether Compose runs something of ours from this checkout."""
    try:
        return bool(compose("ps", "-q", "gateway").strip())
    except (CommandFailed, FileNotFoundError):
        return False


def compose(*arguments: str, **settings: str) -> str:
    """`settings` stand above those of .env."""
    command = ["docker", "compose", *arguments]
    environment = os.environ | settings
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"docker compose {' '.join(arguments[:4])}", done.stderr)
    return done.stdout.strip()
