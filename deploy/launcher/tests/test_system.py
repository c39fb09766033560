"""The whole system as `make run` starts it, without the demonstration district."""

import os
import signal

from deploy.calling import UnansweredError, ask
from deploy.launcher.holding import current_holder
from deploy.launcher.layout import Layout
from deploy.launcher.tests.conftest import Launch, command_of, descendants, is_alive, wait_until

READY_SECONDS = 240.0


def all_ready(layout: Layout) -> bool:
    try:
        health = ask(f"{layout.address}/health")
    except UnansweredError:
        return False
    return bool(health.get("status") == "ok")


def named(processes: list[int], service: str) -> int:
    return next(pid for pid in processes if command_of(pid)[-2:] == [service, "serve"])


def started(layout: Layout, launch: Launch) -> int:
    launcher = launch("up", "--empty", silent=True)
    assert wait_until(lambda: all_ready(layout), READY_SECONDS), layout.log.read_text(encoding="utf-8")[-3000:]
    return launcher.pid


class TestSystem:
    def test_runs_once_a_folder_and_survives_its_parts_but_never_its_launcher(
        self, layout: Layout, launch: Launch
    ) -> None:
        """One story, because the first start makes three databases."""
        first = started(layout, launch)

        refusal, _ = launch("up", "--empty").communicate(timeout=60)
        assert f"已在运行(进程 {first},{layout.address})" in refusal

        os.kill(named(descendants(first), "training"), signal.SIGKILL)
        assert wait_until(lambda: not all_ready(layout), 15)
        assert wait_until(lambda: all_ready(layout), READY_SECONDS)

        orphans = descendants(first)
        os.kill(first, signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_alive, orphans)), 30)

        second = started(layout, launch)
        children = descendants(second)
        assert launch("stop").wait(90) == 0
        assert wait_until(lambda: not any(map(is_alive, children)), 5)
        assert current_holder(layout) is None
