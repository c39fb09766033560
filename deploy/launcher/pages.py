"""The console's pages, built beside the running system: nobody waits for them, and without them the API works."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable

from deploy.launcher.journal import Journal
from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.parents import ending_with_parent

GENTLY = 10


async def build_pages(layout: Layout, journal: Journal) -> None:
    """Ends with the launcher, whatever it was doing."""
    if layout.console_given is not None:
        return
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.console", "build",
        cwd=ROOT, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        start_new_session=True, preexec_fn=_gently(),
    )  # fmt: skip
    assert child.stdout is not None
    try:
        async for line in child.stdout:
            journal.write("console", line.decode("utf-8", "replace").rstrip())
        built = await child.wait() == 0
        journal.write("console", f"界面就绪:{layout.address}/" if built else "没有界面,接口照常")
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        raise


def _gently() -> Callable[[], None]:
    ends_with_us = ending_with_parent(signal.SIGKILL)

    def prepare() -> None:
        ends_with_us()
        os.nice(GENTLY)

    return prepare
