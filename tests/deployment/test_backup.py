"""The written way back: another machine, an empty installation, the folder of backups and the passphrase."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from hosting.refusals import UNUSABLE
from tests.deployment.house import PROJECT, House, until

pytestmark = pytest.mark.deployment
SERVICES = ("registry", "scoring", "training")
AT_WORK = (*SERVICES, *(f"{name}-worker" for name in SERVICES), "gateway", "edge")
PHOTO = "/var/lib/liangxin/files/99/photo.jpg"
# pg_dump writes a random word of its own into every dump; after a replay a sequence goes on up to 32 numbers later.
DUMP = r"pg_dump -U postgres {} | grep -v -e '^.\(un\)\?restrict ' -e '^SELECT pg_catalog.setval('"
MISTAKE = "UPDATE party_organizations SET name = '写错了' WHERE id = (SELECT id FROM party_organizations LIMIT 1)"
FLIP = """
import pathlib
bundles = pathlib.Path("/var/lib/liangxin/backup/repository/backup").glob("*/*F/bundle/*")
path = max(bundles, key=lambda path: path.stat().st_size)
content = bytearray(path.read_bytes())
content[len(content) // 2] ^= 0xFF
path.write_bytes(content)
"""


def contents(house: House) -> dict[str, str]:
    found = {}
    for service in SERVICES:
        code, output = house.container("postgres").exec_run(["sh", "-c", DUMP.format(service)])
        assert code == 0
        assert len(output) > 50_000
        found[service] = hashlib.sha256(output).hexdigest()
    return found


def secrets(house: House, service: str) -> str:
    return house.run(
        service, "-c", "find /run/keys -type f -exec sha256sum {} +", options=("--entrypoint", "sh")
    ).stdout


@pytest.fixture(scope="module")
def elsewhere(house: House) -> Iterator[House]:
    """An installation that has nothing but the folder."""
    yield from another(house, "elsewhere")


@pytest.fixture(scope="module")
def earlier(house: House) -> Iterator[House]:
    yield from another(house, "earlier")


def another(house: House, name: str) -> Iterator[House]:
    other = House(f"{PROJECT}-{name}", BACKUP_FOLDER=house.environment["BACKUP_FOLDER"])
    other.compose("down", "-v", "--remove-orphans")
    yield other
    other.compose("down", "-v", "--remove-orphans", "--timeout", "2", refused=True)


class Kept(NamedTuple):
    """What the folder holds: the contents at a moment, those a mistake later, and what opens it."""

    before: dict[str, str]
    moment: str
    after: dict[str, str]
    photo: str
    passphrase: str


@pytest.fixture(scope="module")
def kept(house: House) -> Kept:
    house.bootstrap_token("audit_administrator")
    put = f"mkdir -p $(dirname {PHOTO}) && head -c 300000 /dev/urandom > {PHOTO} && sha256sum {PHOTO}"
    photo = house.container("scoring").exec_run(["sh", "-c", put]).output.decode()
    assert house.operator("backup", "files")[0] == 0
    house.compose("stop", "--timeout", "5", *AT_WORK)
    before, moment = contents(house), house.sql("postgres", "SELECT clock_timestamp()")
    assert house.sql("registry", MISTAKE) == "UPDATE 1"
    after = contents(house)
    segment = house.sql("postgres", "SELECT pg_walfile_name(pg_switch_wal())")
    until(lambda: house.sql("postgres", "SELECT last_archived_wal FROM pg_stat_archiver") >= segment, 60)
    passphrase = house.container("postgres").exec_run(["cat", "/run/keys/backup-passphrase"]).output.decode()
    return Kept(before, moment, after, photo, passphrase)


class TestBackup:
    def test_is_taken_by_itself_and_at_the_operators_word(self, house: House) -> None:
        code, taken = house.operator("backup", "take", "--kind", "incr")

        assert (code, taken["kind"]) == (0, "incr")
        _, found = house.operator("doctor")
        levels = {one["check"]: one["level"] for one in found["findings"]}
        kept = ("最近一次", "连续归档", "附件与密钥", "逐字节核对")
        assert [levels[f"备份:{what}"] for what in kept] == ["ok"] * len(kept)

    def test_comes_back_whole_in_an_empty_installation(self, house: House, kept: Kept, elsewhere: House) -> None:
        wrong = elsewhere.compose("run", "--rm", "-T", "restore", told="wrong\n", refused=True)
        elsewhere.compose("run", "--rm", "-T", "restore", told=f"{kept.passphrase}\n")
        again = elsewhere.compose("run", "--rm", "-T", "restore", told=f"{kept.passphrase}\n", refused=True)
        elsewhere.up("postgres")

        assert (wrong.returncode, again.returncode) == (UNUSABLE, UNUSABLE)
        assert "口令不对" in wrong.stderr
        assert "不是空的" in again.stderr
        assert contents(elsewhere) == kept.after
        assert all(secrets(elsewhere, name) == secrets(house, name) != "" for name in ("registry", "gateway"))
        assert elsewhere.run("scoring", "-c", f"sha256sum {PHOTO}", options=("--entrypoint", "sh")).stdout == kept.photo
        code, ledger = elsewhere.operator("verify-ledger")
        assert (code, ledger["findings"][0]["level"]) == (0, "ok")

    def test_comes_back_as_it_was_before_a_mistake(self, kept: Kept, earlier: House) -> None:
        at = ("restore", "--at", kept.moment)
        earlier.compose("run", "--rm", "-T", "restore", *at, told=f"{kept.passphrase}\n")
        earlier.up("postgres")

        assert kept.before != kept.after
        assert contents(earlier) == kept.before

    def test_lets_the_services_start_where_it_was_restored(self, elsewhere: House) -> None:
        code, epochs = elsewhere.operator("new-epoch")
        assert code == 0
        assert set(SERVICES) <= set(epochs)

        elsewhere.up("--no-deps", "registry")

        assert elsewhere.readiness("registry", 8101) == "200"

    def test_into_a_folder_whose_disk_is_gone_is_refused_and_nothing_is_let_go(
        self, house: House, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o777)
        name = f"unmounted-{uuid4().hex[:8]}"
        empty = str(tmp_path)
        archive = ("--entrypoint", "pgbackrest-archive", "postgres", "1")

        archived = house.compose("run", "--rm", "--no-deps", "-T", *archive, refused=True, BACKUP_FOLDER=empty)
        house.compose("run", "-d", "--no-deps", "--name", name, "backup", BACKUP_FOLDER=empty)
        keeper = house.docker.containers.get(name)
        until(lambda: "备份目录是空的" in keeper.logs().decode(), 20)
        keeper.remove(force=True)

        assert (archived.returncode, list(tmp_path.iterdir())) == (1, [])
        assert "is its disk mounted?" in archived.stderr

    def test_that_is_damaged_is_found(self, house: House) -> None:
        assert house.operator("backup", "check")[0] == 0
        assert house.container("backup").exec_run(["python3", "-c", FLIP])[0] == 0

        code, sentence = house.operator("backup", "check")

        assert code == UNUSABLE
        assert "备份已损坏" in sentence
