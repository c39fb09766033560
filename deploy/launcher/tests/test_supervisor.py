"""Order, readiness and restarts, with small real processes in the place of services."""

import asyncio
import io
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.console import Console

from deploy.launcher import supervisor as supervising
from deploy.launcher.journal import Journal
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.processes import Process
from deploy.launcher.supervisor import NeverReady, Supervisor
from deploy.launcher.tests.conftest import free_port

pytestmark = pytest.mark.anyio
SERVE = """
import http.server, os, sys
print("pid", os.getpid(), flush=True)
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""


def process(name: str, port: int, *needs: str, source: str = SERVE) -> Process:
    return Process(name, (sys.executable, "-c", source, str(port)), {}, f"http://127.0.0.1:{port}", needs)


class Run:
    def __init__(self, supervisor: Supervisor, log: Path) -> None:
        self.supervisor = supervisor
        self.log = log

    def lines(self, name: str, text: str) -> list[str]:
        written = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in written if f" {name} | " in line and text in line]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.05)


@asynccontextmanager
async def supervised(tmp_path: Path, *processes: Process) -> AsyncIterator[Run]:
    journal = Journal(tmp_path / "log", Console(file=io.StringIO()))
    supervisor = Supervisor(processes, journal)
    with LocalPostgres(tmp_path / "data", durable=False) as server:
        running = asyncio.create_task(supervisor.run(server))
        try:
            yield Run(supervisor, tmp_path / "log")
        finally:
            supervisor.stop()
            try:
                await running
            finally:
                journal.close()


class TestProcess:
    async def test_that_never_gets_ready_stops_everything(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(supervising, "SHORTEST_PAUSE", 0.01)

        with pytest.raises(NeverReady, match="broken 连续 4 次未能启动"):
            async with supervised(tmp_path, process("broken", free_port(), source="raise SystemExit(3)")) as run:
                assert not await run.supervisor.all_ready()

    async def test_starts_after_those_it_needs(self, tmp_path: Path) -> None:
        first, second = free_port(), free_port() + 50

        async with supervised(tmp_path, process("first", first), process("second", second, "first")) as run:
            assert await run.supervisor.all_ready()

        written = run.log.read_text(encoding="utf-8")
        assert written.index("first | 就绪") < written.index("second | pid")

    async def test_that_is_killed_comes_back(self, tmp_path: Path) -> None:
        async with supervised(tmp_path, process("steady", free_port())) as run:
            await run.supervisor.all_ready()
            pid = int(run.lines("steady", "pid")[0].split()[-1])

            os.kill(pid, signal.SIGKILL)

            await run.until(lambda: len(run.lines("steady", "就绪")) == 2)


class TestDatabase:
    async def test_that_is_killed_comes_back(self, tmp_path: Path) -> None:
        async with supervised(tmp_path, process("steady", free_port())) as run:
            await run.supervisor.all_ready()
            pid = int((tmp_path / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

            os.kill(pid, signal.SIGKILL)

            await run.until(lambda: bool(run.lines("postgres", "就绪")))
