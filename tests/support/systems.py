"""The whole system as `make run` starts it: four processes and PostgreSQL in a folder and on ports of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx2

from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.tests.conftest import command_of, descendants, wait_until
from tests.support.voices import Grants, signed

READY_SECONDS, STOP_SECONDS = 240.0, 90
SERVICES = ("training", "scoring", "registry", "gateway")


@dataclass
class System:
    layout: Layout
    launcher: subprocess.Popen[bytes] | None = field(default=None)
    settings: dict[str, str] = field(default_factory=dict)
    verify: bool = True

    @property
    def address(self) -> str:
        return self.layout.address

    @property
    def environment(self) -> dict[str, str]:
        own = {"LIANGXIN_HOME": str(self.layout.home), "LIANGXIN_PORT": str(self.layout.port)}
        return os.environ | own | self.settings

    def start(self, *arguments: str) -> None:
        self.launcher = subprocess.Popen(
            [sys.executable, "-m", "deploy.launcher", "up", *arguments],
            cwd=ROOT, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def wait(self, condition: Callable[[], bool], seconds: float = READY_SECONDS) -> float:
        """How long it took."""
        started = time.monotonic()
        log = self.layout.log
        assert wait_until(condition, seconds), log.read_text(encoding="utf-8")[-3000:] if log.exists() else "no log"
        return time.monotonic() - started

    def stop(self) -> None:
        if self.launcher is not None and self.launcher.poll() is None:
            self.launcher.send_signal(signal.SIGTERM)
            self.launcher.wait(STOP_SECONDS)

    def is_ready(self) -> bool:
        try:
            health = httpx2.get(f"{self.layout.address}/health", timeout=5.0, trust_env=False).json()
        except (httpx2.HTTPError, ValueError):
            return False
        return bool(health.get("status") == "ok")

    def pid_of(self, part: str) -> int:
        if part == "postgres":
            return int((self.layout.postgres / "postmaster.pid").read_text(encoding="ascii").split()[0])
        assert self.launcher is not None
        own = descendants(self.launcher.pid)
        return next(pid for pid in own if command_of(pid)[-2:] == [part, "serve"])

    def kill(self, part: str) -> None:
        os.kill(self.pid_of(part), signal.SIGKILL)

    def token(self, grants: Grants, person: str | None = None, subject: str | None = None) -> str:
        return signed(self.layout.keys / "signing", grants, person, subject)
