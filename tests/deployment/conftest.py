import os
from collections.abc import Iterator

import pytest

from tests.deployment.house import House, until

collect_ignore_glob = [] if os.environ.get("LIANGXIN_DEPLOYMENT") else ["test_*.py"]

LAST = {"test_cache.py": 1, "test_backup.py": 2}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The cache leaves gateways behind that refuse strangers, the backup an archive that is broken."""
    items.sort(key=lambda item: LAST.get(item.path.name, 0))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Started once, the first time interrupted in the middle of a migration; everything is taken down afterwards."""
    folder = tmp_path_factory.mktemp("backup")
    folder.chmod(0o777)
    house = House(COMPOSE_PROFILES="backup", BACKUP_FOLDER=str(folder))
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
