"""Keeps the four processes running: in order of need, by readiness, again when one ends, none left behind."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Sequence

import httpx2

from deploy.calling import client
from deploy.launcher.journal import Journal
from deploy.launcher.layout import ROOT
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.postgres import LocalPostgres, PostgresFailed
from deploy.launcher.processes import Process
from deploy.launcher.refusals import Refusal

LOOK_SECONDS = 0.1
READY_SECONDS, PROBE_SECONDS = 60.0, 2.0
STOP_SECONDS = 12.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 8.0
MOST_FAILED_STARTS = 4
DATABASE_RESTARTS = 10
LONGEST_LINE = 1024 * 1024


class NeverReady(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 连续 {MOST_FAILED_STARTS} 次未能启动,已全部停止,原因见上面的日志")


class Supervisor:
    def __init__(self, processes: Sequence[Process], journal: Journal) -> None:
        self._processes = processes
        self._journal = journal
        self._running: dict[str, asyncio.subprocess.Process] = {}
        self._ready = {process.name: asyncio.Event() for process in processes}
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def all_ready(self) -> bool:
        """False when it was stopped before."""
        stopped = asyncio.create_task(self._stopping.wait())
        for ready in self._ready.values():
            waiting = asyncio.create_task(ready.wait())
            await asyncio.wait({waiting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        stopped.cancel()
        return not self._stopping.is_set()

    async def run(self, server: LocalPostgres) -> None:
        """Until `stop` is called or a process cannot be started."""
        tasks = [asyncio.create_task(self._keep(process)) for process in self._processes]
        tasks.append(asyncio.create_task(self._keep_database(server)))
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            done, _ = await asyncio.wait({stopped, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping.set()
            for task in (stopped, *tasks):
                task.cancel()
            await asyncio.gather(stopped, *tasks, return_exceptions=True)
            await self._end_all()
        for task in done - {stopped}:
            await task

    async def _keep(self, process: Process) -> None:
        for needed in process.needs:
            await self._ready[needed].wait()
        failed_starts = 0
        while True:
            was_ready = await self._run_once(process)
            failed_starts = 0 if was_ready else failed_starts + 1
            if failed_starts == MOST_FAILED_STARTS:
                raise NeverReady(process.name)
            await asyncio.sleep(min(SHORTEST_PAUSE * 2**failed_starts, LONGEST_PAUSE))

    async def _run_once(self, process: Process) -> bool:
        """Whether it was ready at some moment of its life."""
        child = await asyncio.create_subprocess_exec(
            *process.command,
            env=os.environ | {"PYTHONUNBUFFERED": "1", **process.environment},
            cwd=ROOT, stdin=asyncio.subprocess.DEVNULL, limit=LONGEST_LINE,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
            start_new_session=True, preexec_fn=ending_with_parent(signal.SIGKILL),
        )  # fmt: skip
        self._running[process.name] = child
        pump = asyncio.create_task(self._pump(process.name, child))
        probe = asyncio.create_task(self._probe(process, child))
        code = await child.wait()
        probe.cancel()
        await asyncio.gather(probe, pump, return_exceptions=True)
        was_ready = not probe.cancelled() and probe.exception() is None and probe.result()
        self._journal.write(process.name, f"已退出(代码 {code}),将重新启动")
        return was_ready

    async def _pump(self, name: str, child: asyncio.subprocess.Process) -> None:
        assert child.stdout is not None
        while True:
            try:
                line = await child.stdout.readline()
            except ValueError:
                continue
            if not line:
                return
            self._journal.write(name, line.decode("utf-8", "replace").rstrip())

    async def _probe(self, process: Process, child: asyncio.subprocess.Process) -> bool:
        started = time.monotonic()
        async with client(process.url, seconds=PROBE_SECONDS) as http:
            while time.monotonic() - started < READY_SECONDS:
                with contextlib.suppress(httpx2.HTTPError):
                    if (await http.get("/readyz")).is_success:
                        self._journal.write(
                            process.name, f"就绪 {process.url},用时 {time.monotonic() - started:.1f} 秒"
                        )
                        self._ready[process.name].set()
                        return True
                await asyncio.sleep(LOOK_SECONDS)
        self._journal.write(process.name, f"{READY_SECONDS:.0f} 秒内没有就绪,结束后重新启动")
        child.kill()
        return False

    async def _keep_database(self, server: LocalPostgres) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not server.is_running():
                self._journal.write("postgres", "已退出,将重新启动")
                await self._restart(server)
                self._journal.write("postgres", "就绪")

    @staticmethod
    async def _restart(server: LocalPostgres) -> None:
        """A killed server's last processes may hold its memory for a moment."""
        for _ in range(DATABASE_RESTARTS):
            try:
                server.start()
            except PostgresFailed:
                await asyncio.sleep(SHORTEST_PAUSE)
            else:
                return
        server.start()

    async def _end_all(self) -> None:
        for process in reversed(self._processes):
            child = self._running.get(process.name)
            if child is None or child.returncode is not None:
                continue
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), STOP_SECONDS)
            except TimeoutError:
                child.kill()
                await child.wait()
            self._journal.write(process.name, "已停止")
