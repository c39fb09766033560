"""The whole system as `make run` starts it, without the demonstration district."""

import os
import signal

import httpx2

from deploy.launcher.holding import current_holder
from deploy.launcher.layout import Layout
from deploy.launcher.tests.conftest import Launch, command_of, descendants, is_alive, wait_until

READY_SECONDS = 90.0


def all_ready(layout: Layout) -> bool:
    try:
        health = httpx2.get(f"{layout.address}/health", timeout=5.0, trust_env=False).json()
    except (httpx2.HTTPError, ValueError):
        return False
    return bool(health.get("status") == "ok")


def named(processes: list[int], service: str) -> int:
    return next(pid for pid in processes if command_of(pid)[-2:] == [service, "serve"])


class TestSystem:
    def test_starts_once_a_folder_restarts_what_is_killed_and_leaves_nothing(
        self, layout: Layout, launch: Launch
    ) -> None:
        launcher = launch("up", "--empty")
        assert wait_until(lambda: all_ready(layout), READY_SECONDS), layout.log.read_text(encoding="utf-8")[-3000:]

        second, _ = launch("up", "--empty").communicate(timeout=30)
        assert f"已在运行(进程 {launcher.pid},{layout.address})" in second

        os.kill(named(descendants(launcher.pid), "training"), signal.SIGKILL)
        assert wait_until(lambda: not all_ready(layout), 10)
        assert wait_until(lambda: all_ready(layout), 30)

        children = descendants(launcher.pid)
        launcher.send_signal(signal.SIGINT)
        assert launcher.wait(60) == 0
        assert not [command_of(pid) for pid in children if is_alive(pid)]
        assert current_holder(layout) is None

    def test_leaves_no_orphan_when_the_launcher_is_killed_and_starts_again(
        self, layout: Layout, launch: Launch
    ) -> None:
        launcher = launch("up", "--empty")
        assert wait_until(lambda: all_ready(layout), READY_SECONDS), layout.log.read_text(encoding="utf-8")[-3000:]
        children = descendants(launcher.pid)
        assert len(children) > 5

        os.kill(launcher.pid, signal.SIGKILL)

        assert wait_until(lambda: not any(map(is_alive, children)), 20)
        launch("up", "--empty")
        assert wait_until(lambda: all_ready(layout), READY_SECONDS)
