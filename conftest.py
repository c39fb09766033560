"""What every test may ask for; each file of tests/support holds one idea."""

import os

import pytest

pytest_plugins = ["tests.support.databases", "tests.support.tokens", "tests.support.clients"]


os.environ.setdefault("LIANGXIN_CONSOLE", os.devnull)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
