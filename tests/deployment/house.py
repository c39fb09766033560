"""A whole installation in containers, driven like an operator drives it, broken like bad luck breaks it."""

import io
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import docker
import httpx2
from docker.models.containers import Container

from tests.support.voices import Grants, signed

ROOT = Path(__file__).parents[2]
PROJECT = os.environ.get("COMPOSE_PROJECT_NAME", "liangxin-test")
OWN_ROOT = "/data/caddy/pki/authorities/local/root.crt"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(condition: Callable[[], bool], seconds: float) -> float:
    """The seconds it took; fails when it never comes true."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise AssertionError(f"not within {seconds} s")
        time.sleep(0.3)
    return time.monotonic() - started


class House:
    def __init__(self, project: str = PROJECT, **settings: str) -> None:
        self.project = project
        self.port = free_port()
        self.docker = docker.from_env()
        self.interrupted_at = ""
        self.first_start = 0.0
        self.environment = os.environ | {
            "COMPOSE_PROJECT_NAME": project,
            "PORT": str(self.port),
            "START_PERIOD": "15s",
            "PROBE_INTERVAL": "2s",
            "SERVICE_MEMORY": "400m",
            "POSTGRES_MEMORY": "1g",
            "METRICS_PORT": "9464",
            **settings,
        }

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def compose(
        self, *arguments: str, refused: bool = False, seconds: float = 400, told: str | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """`settings` are those an operator would write into .env; `told` is what the command reads."""
        answer = subprocess.run(
            ["docker", "compose", *arguments],
            cwd=ROOT, env=self.environment | settings, input=told,
            capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        assert refused or answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-4000:]
        return answer

    def up(self, *more: str) -> float:
        started = time.monotonic()
        self.compose("up", "-d", "--wait", "--no-build", *more)
        return time.monotonic() - started

    def containers(self, service: str, *, every: bool = False) -> list[Container]:
        """Those of the house, not the one-off ones beside it."""
        wanted = {"project": self.project, "service": service, "oneoff": "False"}
        labels = [f"com.docker.compose.{name}={value}" for name, value in wanted.items()]
        found: list[Container] = self.docker.containers.list(all=every, filters={"label": labels})
        return found

    def container(self, service: str) -> Container:
        return self.containers(service, every=True)[0]

    def crash(self, service: str) -> None:
        """kill -9 from outside, so that the engine sees a crash and not an order."""
        for container in self.containers(service):
            with suppress(ProcessLookupError):
                os.kill(container.attrs["State"]["Pid"], signal.SIGKILL)

    def health(self, service: str) -> str:
        return str(self.container(service).attrs["State"].get("Health", {}).get("Status", ""))

    def readiness(self, service: str, port: int) -> str:
        probe = ["python", "-m", "kit.probe", f"http://127.0.0.1:{port}/readyz"]
        _, output = self.container(service).exec_run(probe)
        return bytes(output).decode().strip()

    @cached_property
    def verify(self) -> ssl.SSLContext:
        return self.trusted()

    def wait(self, condition: Callable[[], bool], seconds: float = 60.0) -> float:
        return until(condition, seconds)

    def token(self, grants: Grants, person: str | None = None, subject: str | None = None) -> str:
        with tempfile.TemporaryDirectory() as name:
            packed, _ = self.container("registry").get_archive("/run/keys/signing")
            with tarfile.open(fileobj=io.BytesIO(b"".join(packed))) as tar:
                tar.extractall(name, filter="data")
            return signed(Path(name) / "signing", grants, person, subject)

    def authority(self) -> str:
        _, output = self.container("edge").exec_run(["cat", OWN_ROOT])
        return bytes(output).decode()

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cadata=self.authority())

    def http(self, **options: Any) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.address, verify=self.trusted(), timeout=30, trust_env=False, **options)

    def sql(self, service: str, statement: str) -> str:
        """Its answer, or nothing when the server refused."""
        psql = ["psql", "-X", "-A", "-t", "-U", "postgres", "-d", service, "-c", statement]
        code, output = self.container("postgres").exec_run(psql)
        return "" if code else bytes(output).decode().strip()

    def bootstrap_token(self, role: str) -> str:
        issued = self.compose("exec", "-T", "registry", "python", "-m", "registry", "bootstrap", "--role", role)
        return issued.stdout.strip()

    def operator(self, *arguments: str, **settings: str) -> tuple[int, Any]:
        """Exit code and JSON of `liangxin …`, or the sentence it refused with."""
        command = [sys.executable, "-m", "deploy.operator", "--where", "compose", *arguments, "--json"]
        environment = self.environment | settings
        answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return answer.returncode, json.loads(answer.stdout) if answer.stdout else answer.stderr

    def run(self, service: str, *arguments: str, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        """A one-off container of the service, its refusal expected or not."""
        return self.compose("run", "--rm", "--no-deps", "-T", *options, service, *arguments, refused=True)
