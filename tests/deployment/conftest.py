import os
from collections.abc import Iterator

import pytest

from tests.deployment.house import House, until

collect_ignore_glob = [] if os.environ.get("LIANGXIN_DEPLOYMENT") else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The cache last: it leaves gateways behind that refuse strangers."""
    items.sort(key=lambda item: item.path.name == "test_cache.py")


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """Started once, the first time interrupted in the middle of a migration; everything is taken down afterwards."""
    house = House()
    house.compose("down", "-v", "--remove-orphans")
    if os.environ["LIANGXIN_DEPLOYMENT"] != "built":
        house.compose("build", seconds=900)
    try:
        house.compose("up", "-d", "--no-build", "postgres")
        house.compose("run", "--rm", "-T", "databases")
        house.compose("up", "-d", "--no-build", "--no-deps", "migrate-scoring")
        until(lambda: house.sql("scoring", "SELECT count(*) FROM alembic_version") != "", 60)
        house.crash("migrate-scoring")
        house.interrupted_at = house.sql("scoring", "SELECT version_num FROM alembic_version")
        house.first_start = house.up()
        yield house
    finally:
        house.compose("down", "-v", "--remove-orphans", "--timeout", "5", refused=True)
