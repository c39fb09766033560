"""`make run`: from an empty folder to four ready services with the demonstration district, until told to stop."""

import asyncio
import json
import os
import signal
import sys
import time

from rich.cells import set_cell_size
from rich.console import Console

from deploy.launcher.credentials import make_credentials
from deploy.launcher.holding import held
from deploy.launcher.journal import Journal
from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.pages import build_pages
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.processes import processes, settings_of
from deploy.launcher.schemas import prepare_databases
from deploy.launcher.supervisor import Supervisor

ROLES = {
    "system_administrator": "系统管理员",
    "security_administrator": "安全管理员",
    "audit_administrator": "审计管理员",
    "district_officer": "区委工作人员",
    "town_officer": "镇街工作人员",
    "branch_secretary": "党支部书记",
    "member": "党员",
    "instructor": "党建指导员",
}
ROLE_WIDTH = 12
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(layout: Layout, console: Console, *, loads: bool) -> None:
    layout.make_folders()
    with held(layout):
        layout.refuse_busy_ports()
        make_credentials(layout.keys)
        journal = Journal(layout.log, console)
        try:
            asyncio.run(_run(layout, journal, console, loads=loads))
        finally:
            journal.close()


async def _run(layout: Layout, journal: Journal, console: Console, *, loads: bool) -> None:
    """Signals count from the first moment; the database starts first and ends last."""
    started = time.monotonic()
    stopping = asyncio.Event()
    for ending in ENDINGS:
        if ending == signal.SIGHUP and signal.getsignal(ending) == signal.SIG_IGN:
            continue
        asyncio.get_running_loop().add_signal_handler(ending, stopping.set)
    with LocalPostgres(layout.postgres) as server:
        journal.write("postgres", f"就绪,用时 {time.monotonic() - started:.1f} 秒")
        await prepare_databases(layout, server)
        supervisor = Supervisor(processes(layout, server), journal)
        running = asyncio.create_task(supervisor.run(server))
        watching = asyncio.create_task(_stop_when(stopping, supervisor))
        building = asyncio.create_task(_build_when_ready(supervisor, layout, journal))
        if not stopping.is_set() and await supervisor.all_ready():
            journal.write("launcher", f"全部就绪,用时 {time.monotonic() - started:.1f} 秒:{layout.address}")
            if loads:
                await _load_unless_stopped(layout, server, journal, running)
            if not stopping.is_set():
                show_entrance(layout, console)
        try:
            await running
        finally:
            for beside in (watching, building):
                beside.cancel()
            await asyncio.gather(building, return_exceptions=True)
    journal.write("postgres", "已停止")


async def _stop_when(stopping: asyncio.Event, supervisor: Supervisor) -> None:
    await stopping.wait()
    supervisor.stop()


async def _build_when_ready(supervisor: Supervisor, layout: Layout, journal: Journal) -> None:
    if await supervisor.all_ready():
        await build_pages(layout, journal)


async def _load_unless_stopped(
    layout: Layout, server: LocalPostgres, journal: Journal, running: "asyncio.Task[None]"
) -> None:
    loading = asyncio.create_task(_load(layout, server, journal))
    await asyncio.wait({loading, running}, return_when=asyncio.FIRST_COMPLETED)
    if not loading.done():
        loading.cancel()
    await asyncio.gather(loading, return_exceptions=True)


async def _load(layout: Layout, server: LocalPostgres, journal: Journal) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.launcher.demonstration",
        env=os.environ | {"PYTHONUNBUFFERED": "1"} | settings_of("registry", layout, server),
        cwd=ROOT, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        start_new_session=True, preexec_fn=ending_with_parent(signal.SIGKILL),
    )  # fmt: skip
    assert child.stdout is not None
    try:
        async for line in child.stdout:
            journal.write("demo", line.decode("utf-8", "replace").rstrip())
        if await child.wait():
            journal.write("demo", "示范区没有载入完整,再次执行 make run 会继续")
    except asyncio.CancelledError:
        child.kill()
        raise


def show_entrance(layout: Layout, console: Console) -> None:
    console.print(f"\n  地址      {layout.address}\n  接口文档  {layout.address}/docs", highlight=False)
    if not layout.accounts.exists():
        return
    console.print(f"\n  示范账号,完整写在 {layout.accounts}", soft_wrap=True)
    for account in json.loads(layout.accounts.read_text(encoding="utf-8")):
        role, scope = set_cell_size(ROLES[account["role"]], ROLE_WIDTH), _shortened(account["scope"])
        row = f"  {role} {account['username']:<10} {account['password']} {scope}"
        console.print(row, no_wrap=True, overflow="ellipsis", markup=False)
    console.print("\n  Ctrl-C 停止\n")


def _shortened(scope: str) -> str:
    """Eighty columns hold a row as long as a branch is not called by its whole name."""
    return "、".join(name.removeprefix("中共").removesuffix("委员会") for name in scope.split("、"))
