"""A whole system at work while it is backed up: units are registered through the gateway, the tour books points."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.backup.vault import Vault
from deploy.bench.callers import administrator
from deploy.bench.system import serving
from deploy.calling import REGISTRY, Caller, client
from deploy.launcher.credentials import make_credentials
from deploy.launcher.holding import current_holder
from deploy.launcher.layout import OFFSETS, ROOT, Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.upgrade.callers import Callers

PAUSE_SECONDS, STILL_SECONDS = 0.05, 1.0


def keep_backups(layout: Layout) -> None:
    """Before the system starts: archiving begins with the database."""
    layout.make_folders()
    make_credentials(layout.keys)
    with LocalPostgres(layout.postgres) as server:
        Vault(layout).enable(server)


@contextmanager
def played_year(layout: Layout) -> Iterator[None]:
    """The tour goes as far as it comes."""
    tour = subprocess.Popen(
        [sys.executable, "-m", "demo.tour", "--towns", "3"],
        cwd=ROOT, env=os.environ | {"LIANGXIN_HOME": str(layout.home), "LIANGXIN_PORT": str(layout.port)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        tour.kill()
        tour.wait()


@contextmanager
def registering(layout: Layout) -> Iterator[Callers]:
    """Its `acknowledged` are the units that somebody was told are registered."""
    token = administrator(layout)
    callers = Callers(layout.address, token, asyncio.run(_district(layout, token)))
    thread = threading.Thread(target=lambda: asyncio.run(callers.work(1, 0, PAUSE_SECONDS)), daemon=True)
    thread.start()
    try:
        yield callers
    finally:
        callers.end()
        thread.join()


async def _district(layout: Layout, token: str) -> str:
    async with client(layout.address) as http:
        found = await Caller(http, token=token).get(f"{REGISTRY}/organizations", level=1)
        return str(found["items"][0]["id"])


@contextmanager
def standing_still(layout: Layout) -> Iterator[None]:
    """Nobody begins or commits anything in between; what is under way goes on behind it."""
    processes = [int(serving(name, layout).name) for name in OFFSETS]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        time.sleep(STILL_SECONDS)
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def cut_off(layout: Layout) -> None:
    """As if the machine had lost its power; the launcher must not find the time to start anything again."""
    holder = current_holder(layout)
    assert holder is not None
    os.kill(holder.pid, signal.SIGSTOP)
    os.kill(int((layout.postgres / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0]), signal.SIGKILL)
    os.kill(holder.pid, signal.SIGKILL)
