"""The system under measurement: one of its own in a temporary folder, or one that runs already."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from deploy.calling import UnansweredError, ask
from deploy.launcher.holding import current_holder
from deploy.launcher.layout import OFFSETS, ROOT, Layout
from deploy.launcher.postgres import PORT, socket_folder
from deploy.launcher.refusals import Refusal

LOOK_SECONDS = 0.05
LOADED_SECONDS, READY_SECONDS, STOP_SECONDS = 600.0, 120.0, 60.0
MEBIBYTE_IN_KIB = 1024
# The pages are built on the same two cores as what is measured.
QUIET = {"LIANGXIN_CONSOLE": os.devnull}


class NeverLoaded(Refusal):
    def __init__(self, layout: Layout) -> None:
        super().__init__(f"示范区没有在 {LOADED_SECONDS:.0f} 秒内载入,详见 {layout.log}")


class NotRunningHere(Refusal):
    def __init__(self, layout: Layout) -> None:
        super().__init__(f"目录 {layout.home} 中没有正在运行的系统:请先 make run,或去掉 --running")


def database_url(layout: Layout, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={quote(str(socket_folder(layout.postgres)), safe='')}&port={PORT}"


@contextmanager
def own_folder(port: int) -> Iterator[Layout]:
    home = Path(tempfile.mkdtemp(prefix="liangxin-bench-"))
    try:
        yield Layout(home, port)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def running_system() -> Layout:
    layout = Layout.from_environment()
    holder = current_holder(layout)
    if holder is None:
        raise NotRunningHere(layout)
    return Layout(layout.home, int(holder.address.rpartition(":")[2]))


@contextmanager
def launched(layout: Layout, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[float]:
    """Yields the seconds from the command to the last of the four being ready; the demonstration is loaded then."""
    started = time.monotonic()
    own = {"LIANGXIN_HOME": str(layout.home), "LIANGXIN_PORT": str(layout.port), **QUIET, **settings}
    launcher = subprocess.Popen(
        [sys.executable, "-m", "deploy.launcher", "up"],
        cwd=ROOT, env=os.environ | own,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(lambda: is_ready(layout), READY_SECONDS, layout)
        seconds = time.monotonic() - started
        _wait(layout.accounts.exists, LOADED_SECONDS, layout)
        yield seconds
    finally:
        launcher.terminate()
        launcher.wait(STOP_SECONDS)


def _wait(condition: Callable[[], bool], seconds: float, layout: Layout) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise NeverLoaded(layout)
        time.sleep(LOOK_SECONDS)


def is_ready(layout: Layout) -> bool:
    try:
        return all(ask(f"{layout.url(name)}/readyz")["status"] == "ok" for name in OFFSETS)
    except UnansweredError:
        return False


def memory_mib(layout: Layout) -> dict[str, tuple[float, float]]:
    """Resident and proportional size of each of the four processes."""
    return {name: _memory_of(serving(name, layout)) for name in OFFSETS}


def serving(name: str, layout: Layout) -> Path:
    port = f"{name.upper()}_PORT={layout.port_of(name)}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if command.endswith(f"-m\0{name}\0serve\0".encode()) and port in environment.split(b"\0"):
            return process
    raise NotRunningHere(layout)


def _memory_of(process: Path) -> tuple[float, float]:
    sizes = {}
    for line in (process / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _, rest = line.partition(":")
        sizes[name] = int(rest.split()[0]) / MEBIBYTE_IN_KIB
    return sizes["Rss"], sizes["Pss"]
