"""A launcher of its own folder and ports for each test that needs one."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.launcher.layout import OFFSETS, ROOT, Layout

Launch = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    """A base port all of whose four are free."""
    for base in range(21000 + os.getpid() % 1000 * 10, 60000, 7):
        try:
            for offset in OFFSETS.values():
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", base + offset))
        except OSError:
            continue
        return base
    pytest.fail("no free ports")


def descendants(pid: int) -> list[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except FileNotFoundError:
        return []
    return [one for child in children for one in (child, *descendants(child))]


def command_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").rstrip("\0").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def is_alive(pid: int) -> bool:
    """A dead child nobody has asked after yet is not alive; one that is still giving its ports back is."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "home", free_port())


@pytest.fixture
def launch(layout: Layout) -> Iterator[Launch]:
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, silent: bool = False) -> subprocess.Popen[str]:
        environment = os.environ | {"LIANGXIN_HOME": str(layout.home), "LIANGXIN_PORT": str(layout.port)}
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.launcher", *arguments],
            cwd=ROOT, env=environment, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if silent else subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=90)
