import os
from collections.abc import Iterator

import pytest

from tests.deployment.house import House, until

collect_ignore_glob = [] if os.environ.get("LIANGXIN_DEPLOYMENT") else ["test_*.py"]

# Watched while all is well; the cache leaves gateways behind that refuse strangers, the backup a broken archive.
ORDER = (
    "test_compose_file.py",
    "test_bad_luck.py",
    "test_watching.py",
    "test_story.py",
    "test_upgrade.py",
    "test_cache.py",
    "test_backup.py",
)
# Those that run here; they look on from the beginning.
WATCHERS = ("metrics-room", "prometheus", "alertmanager", "node-exporter", "blackbox-exporter")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: ORDER.index(item.path.name) if item.path.name in ORDER else -1)


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
        beside = ("up", "-d", "--no-build", "--no-recreate")
        house.compose(*beside, "--no-deps", "--scale", "training=2", "training")
        house.compose("--profile", "obs", *beside, "--scale", "training=2", *WATCHERS)
        yield house
    finally:
        house.compose("--profile", "*", "down", "-v", "--remove-orphans", "--timeout", "2", refused=True)
