"""The installation that Docker Compose runs from this checkout."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.backup.refusals import NotKept
from deploy.backup.repository import Backup
from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.operator.installations import (
    DEPLOYABLES,
    LIST_FILES,
    UTC,
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
MAINTENANCE = "/run/maintenance"
VOLUMES = {
    "database": ("postgres", "/var/lib/liangxin/database"),
    "backup": ("postgres", "/var/lib/liangxin/backup"),
    "files": ("scoring", "/var/lib/liangxin/files"),
}
NOTED = "/var/lib/liangxin/metrics/backup.prom"
MATERIAL = {
    "files": "liangxin_backup_files_finished_timestamp_seconds",
    "verified": "liangxin_backup_verified_timestamp_seconds",
}
LABEL = "com.docker.compose"
WITH_WORKER = frozenset(("registry", "scoring", "training"))


class NoDocker(Refusal):
    def __init__(self) -> None:
        super().__init__("这台机器上没有 docker:Compose 的安装需要它;make run 的安装请写明目录")


@dataclass(frozen=True, slots=True)
class ComposedInstallation:
    kind: str = "compose"

    @property
    def maintenance_file(self) -> Path:
        """Where the gateway looks, whatever .env says."""
        mounted = configuration()["services"]["gateway"]["volumes"]
        return Path(next(one["source"] for one in mounted if one["target"] == MAINTENANCE)) / "on"

    def answer(self, service: str, path: str) -> Any:
        try:
            return json.loads(compose("exec", "-T", service, "python", "-c", ASK, str(PORTS[service]), path))
        except (CommandFailed, ValueError) as error:
            raise Unreachable(service) from error

    def rows(self, database: str, query: str) -> list[Row]:
        packed = f"SELECT coalesce(json_agg(each), '[]') FROM ({query.strip()}) AS each"  # noqa: S608 - ours
        options = ("-U", "postgres", "-d", database, "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", packed)
        found: list[Row] = json.loads(compose("exec", "-T", "-e", f"PGOPTIONS={UTC}", "postgres", "psql", *options))
        return found

    def run(self, service: str, *arguments: str, as_owner: bool = False) -> str:
        if as_owner:
            return compose("run", "--rm", "--no-deps", "-T", f"migrate-{service}", service, *arguments)
        if compose("ps", "-q", "--status", "running", service).strip():
            return compose("exec", "-T", service, "python", "-m", service, *arguments)
        return compose("run", "--rm", "--no-deps", "-T", service, service, *arguments)

    def install_key(self, *arguments: str) -> str:
        settings = {"SIGNING_KEYS_DIR": "signing", "DATA_KEYS_FILE": "data.json"}
        options = [
            part for name, value in settings.items() for part in ("-e", f"REGISTRY_{name}=/keys/registry/{value}")
        ]
        return compose("run", "--rm", "--no-deps", "-T", *options, "keys", "registry", *arguments)

    def restart(self, service: str) -> None:
        workers = (f"{service}-worker",) if service in WITH_WORKER else ()
        compose("restart", service, *workers)
        number = len(Containers.of(service))
        compose("up", "-d", "--wait", "--no-recreate", "--no-deps", "--scale", f"{service}={number}", service)

    def key_files(self) -> list[Row]:
        places = (*DEPLOYABLES, "postgres")
        return [
            row
            for place in places
            for row in parse_files(place, compose("exec", "-T", place, "find", "/run/keys", *LIST_FILES))
        ]

    def volumes(self) -> list[Row]:
        return [
            parse_volume(name, compose("exec", "-T", container, "df", "-Pk", path))
            for name, (container, path) in VOLUMES.items()
        ]

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

    def material(self) -> Mapping[str, float]:
        """As the container `backup` last noted it for whoever watches."""
        noted = dict(line.split() for line in compose("exec", "-T", "backup", "cat", NOTED).splitlines())
        found = {name: float(noted.get(series, 0)) for name, series in MATERIAL.items()}
        return {name: moment for name, moment in found.items() if moment}

    def others(self) -> Mapping[str, str]:
        services = {name: one for name, one in configuration()["services"].items() if name not in DEPLOYABLES}
        found: dict[str, list[str]] = {name: [] for name in services}
        for line in compose("ps", "--all", "--format", "json").splitlines():
            container = json.loads(line)
            name = container["Service"]
            if name in services and f"{LABEL}.oneoff=False" in container["Labels"]:
                found[name].append(_wrong(container, ends=services[name].get("restart") == "no"))
        return {name: max(said) if said else "没有容器" for name, said in found.items()}


def _wrong(container: Mapping[str, Any], *, ends: bool) -> str:
    """Empty where it works, or has done all it had to do."""
    state, health, code = container["State"], container["Health"], container["ExitCode"]
    if (state == "running" and health in {"", "healthy"}) or (ends and state == "exited" and code == 0):
        return ""
    return f"{state},{health}" if health else f"{state},退出码 {code}"


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


class Containers(dict[str, str]):
    """Image by container of one service, whatever state it is in; one-off runs are none of them."""

    @classmethod
    def of(cls, service: str) -> "Containers":
        labels = (f"project={configuration()['name']}", f"service={service}", "oneoff=False")
        filters = [part for label in labels for part in ("--filter", f"label={LABEL}.{label}")]
        listed = docker("ps", "--all", "--no-trunc", *filters, "--format", "{{.ID}} {{.Image}}")
        return cls(line.split() for line in listed.splitlines())


def is_composed() -> bool:
    """Whether Compose has made something of ours from this checkout, running or not."""
    try:
        return bool(compose("ps", "-q", "--all"))
    except (CommandFailed, NoDocker):
        return False


def configuration() -> Any:
    return json.loads(compose("config", "--format", "json"))


def compose(*arguments: str, **settings: str) -> str:
    """`settings` stand above those of .env."""
    return docker("compose", *arguments, **settings)


def docker(*arguments: str, **settings: str) -> str:
    command, environment = ["docker", *arguments], os.environ | settings
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise NoDocker from error
    if done.returncode:
        raise CommandFailed(f"docker {' '.join(arguments[:4])}", done.stderr)
    return done.stdout.strip()


def last_words(container: str) -> str:
    command = ["docker", "logs", "--tail", "1", container]
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    return said.strip()
