"""One launcher a folder: a lock that the kernel releases with its process."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal

STOP_SECONDS = 60.0
LOOK_SECONDS = 0.1


class Holder(NamedTuple):
    pid: int
    address: str


class AlreadyRunning(Refusal):
    def __init__(self, layout: Layout, holder: Holder | None) -> None:
        where = f"进程 {holder.pid},{holder.address}" if holder else "正在启动"
        super().__init__(
            f"目录 {layout.home} 中的系统已在运行({where}):停止它用 make stop,另开一套请换 LIANGXIN_HOME 和 PORT"
        )


class NotRunning(Refusal):
    def __init__(self, layout: Layout) -> None:
        super().__init__(f"目录 {layout.home} 中的系统没有在运行")


class DidNotStop(Refusal):
    def __init__(self, pid: int) -> None:
        super().__init__(f"进程 {pid} 在 {STOP_SECONDS:.0f} 秒内没有停止")


@contextmanager
def held(layout: Layout) -> Iterator[None]:
    with layout.lock.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(layout, _read(layout)) from error
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "address": layout.address}, file)
        file.flush()
        yield
        file.truncate(0)


def current_holder(layout: Layout) -> Holder | None:
    """Who runs in this folder; None when nobody does, whatever a killed launcher left in the file."""
    if not layout.lock.exists():
        return None
    with layout.lock.open("r", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(layout)
    return None


def ask_to_stop(layout: Layout) -> None:
    holder = current_holder(layout)
    if holder is None:
        raise NotRunning(layout)
    os.kill(holder.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while current_holder(layout) is not None:
        if time.monotonic() > deadline:
            raise DidNotStop(holder.pid)
        time.sleep(LOOK_SECONDS)


def _read(layout: Layout) -> Holder | None:
    try:
        content = json.loads(layout.lock.read_text(encoding="ascii"))
        return Holder(int(content["pid"]), str(content["address"]))
    except (ValueError, KeyError):
        return None
