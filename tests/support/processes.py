"""One service as the process that `python -m <service> serve` is, with what it costs in processor time and memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.support.applications import FIELDS
from tests.support.databases import ROOT, Database

READY_SECONDS, STOP_SECONDS = 120.0, 30.0
TICKS = os.sysconf("SC_CLK_TCK")
RESET_PEAK = "5"


@dataclass(frozen=True)
class ServiceProcess:
    pid: int
    port: int
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time of all its threads; other processes do not change it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_kib(self, which: str) -> int:
        """`VmRSS` is now, `VmHWM` the most since the peak was forgotten."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(f"{which}:"))

    def forget_peak(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text(RESET_PEAK, encoding="ascii")


def environment(service: str, database: Database, folder: Path, port: int) -> dict[str, str]:
    own = {"REGISTRY_URL": f"http://127.0.0.1:{port}"} if service == "registry" else {}
    fields = {
        "PORT": port, "DATABASE_URL": database.app_url, "OWNER_DATABASE_URL": database.owner_url,
        "RUN_CONSUMERS": "false", "RUN_WORKER": "false", "DEMONSTRATION": "true",
        **own, **FIELDS.get(service, lambda _: {})(folder),
    }  # fmt: skip
    return os.environ | {f"{service.upper()}_{name.upper()}": str(value) for name, value in fields.items()}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def is_alive(process: ServiceProcess) -> bool:
    try:
        return httpx2.get(f"{process.address}/livez", timeout=5.0, trust_env=False).is_success
    except httpx2.HTTPError:
        return False


@contextmanager
def serving(service: str, database: Database, folder: Path) -> Iterator[ServiceProcess]:
    """Its log is in `<folder>/log`."""
    port = free_port()
    with (folder / "log").open("wb") as log:
        started = subprocess.Popen(
            [sys.executable, "-m", service, "serve"],
            cwd=ROOT, env=environment(service, database, folder, port),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    process, deadline = ServiceProcess(started.pid, port, folder), time.monotonic() + READY_SECONDS
    try:
        while not is_alive(process):
            assert started.poll() is None, (folder / "log").read_text(encoding="utf-8")[-3000:]
            assert time.monotonic() < deadline, "it does not answer"
            time.sleep(0.05)
        yield process
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(STOP_SECONDS)
