"""One real system, empty but for a branch of four, for all tests of this folder."""

from collections.abc import Iterator

import pytest

from deploy.launcher.layout import Layout
from deploy.launcher.tests.conftest import free_port
from tests.support.branches import Branch, found_branch
from tests.support.systems import System


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(Layout(tmp_path_factory.mktemp("system") / "home", free_port()))
    try:
        running.start("--empty")
        running.wait(running.is_ready)
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def branch(system: System) -> Branch:
    return found_branch(system)
