import os
from collections.abc import Iterator

import pytest

from tests.deployment.house import House, until
from tests.support.branches import Branch, found_branch

collect_ignore_glob = [] if os.environ.get("LIANGXIN_DEPLOYMENT") else ["test_*.py"]

# `make compose-test`, where the watchers look on while all is well; then `make operations-test`, where the cache leaves
# gateways behind that refuse strangers, and backups a broken archive.
ORDER = (
    "test_compose_file.py", "test_bad_luck.py", "test_watching.py", "test_story.py",
    "test_operator.py", "test_moving.py", "test_upgrade.py", "test_cache.py", "test_backup.py",
)  # fmt: skip
# A migration that takes its time in the middle.
HOLD = """
CREATE FUNCTION hold() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.reviews') THEN
        PERFORM pg_sleep(6);
    END IF;
END $$;
CREATE EVENT TRIGGER hold ON ddl_command_end EXECUTE FUNCTION hold()
"""
HELD = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'scoring' AND wait_event = 'PgSleep'"
# Those that run here.
WATCHERS = ("metrics-room", "prometheus", "alertmanager", "node-exporter", "blackbox-exporter")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: ORDER.index(item.path.name) if item.path.name in ORDER else -1)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Started once, the first time interrupted in the middle of a migration; everything is taken down afterwards."""
    folders = {name: tmp_path_factory.mktemp(name) for name in ("backup", "maintenance")}
    for folder in folders.values():
        folder.chmod(0o777)
    house = House(
        COMPOSE_PROFILES="backup", BACKUP_FOLDER=str(folders["backup"]), MAINTENANCE=str(folders["maintenance"])
    )
    house.compose("down", "-v", "--remove-orphans")
    try:
        house.compose("up", "-d", "--no-build", "postgres")
        house.compose("run", "--rm", "-T", "databases")
        assert house.sql("scoring", HOLD) != ""
        house.compose("up", "-d", "--no-build", "--no-deps", "migrate-scoring")
        until(lambda: house.sql("scoring", HELD) == "1", 60)
        house.crash("migrate-scoring")
        house.interrupted_at = house.sql("scoring", "SELECT version_num FROM alembic_version")
        house.sql("scoring", "DROP EVENT TRIGGER hold; DROP FUNCTION hold()")
        house.first_start = house.up()
        yield house
    finally:
        house.compose("--profile", "*", "down", "-v", "--remove-orphans", "--timeout", "2", refused=True)


@pytest.fixture(scope="session")
def branch(house: House) -> Branch:
    return found_branch(house)


@pytest.fixture(scope="session")
def watchers(house: House) -> None:
    """They look on from the beginning, so that there is something to see."""
    beside = ("up", "-d", "--no-build", "--no-recreate")
    house.compose(*beside, "--no-deps", "--scale", "training=2", "training")
    house.compose("--profile", "obs", *beside, "--scale", "training=2", *WATCHERS)
