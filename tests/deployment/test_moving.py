"""A district that moves: out of the containers, into others and into a folder, there under a newer PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from deploy.launcher.binaries import data_major
from deploy.operator.__main__ import NOT_DONE
from tests.deployment.house import PROJECT, House, until
from tests.deployment.people import REGISTRY
from tests.support.branches import Branch
from tests.support.writers import assert_kept, writing

pytestmark = pytest.mark.deployment
PHOTO = "/var/lib/liangxin/files/99/moved.jpg"
PUT = f"mkdir -p $(dirname {PHOTO}) && head -c 300000 /dev/urandom > {PHOTO}"
THINGS = {
    "registry": "sha256sum /run/keys/data.json /run/keys/signing/*.pem",
    "scoring": f"sha256sum /run/keys/attachments {PHOTO}",
    "edge": "sha256sum /data/caddy/pki/authorities/local/root.key",
}
NOTICED_WITHIN, CLAIMS = 5.0, 4
OWN = "sha256sum /run/keys/client-registry"


class Moved(NamedTuple):
    file: Path
    passphrase: Path
    rows: int


@pytest.fixture(scope="module")
def moved(house: House, branch: Branch, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    folder = tmp_path_factory.mktemp("moved")
    file, passphrase = folder / "district.sealed", folder / "passphrase"
    passphrase.write_text("搬到新的地方去\n", encoding="utf-8")
    assert house.container("scoring").exec_run(["sh", "-c", PUT])[0] == 0
    with writing(branch) as writer:
        house.wait(lambda: len(writer.claims) >= CLAIMS)
    assert_kept(branch, writer)
    code, said = house.operator("export", str(file), "--passphrase-file", str(passphrase))
    assert code == 0, said
    return Moved(file, passphrase, said["rows"])


@pytest.fixture(scope="module")
def new(house: House) -> Iterator[House]:
    other = House(f"{PROJECT}-new")
    other.compose("down", "-v", "--remove-orphans")
    yield other
    other.compose("down", "-v", "--remove-orphans", "--timeout", "2", refused=True)


def things(house: House, service: str, command: str) -> str:
    return house.run(service, "-c", command, options=("--entrypoint", "sh")).stdout


class TestMaintenance:
    def test_lets_people_read_and_tells_writers_when_to_come_back(self, house: House) -> None:
        with httpx2.Client(base_url=house.address, verify=house.trusted(), trust_env=False) as http:

            def write() -> httpx2.Response:
                return http.post(f"{REGISTRY}/logins", json={})

            assert house.operator("maintenance", "on", "--minutes", "5")[0] == 0
            until(lambda: write().status_code == 503, NOTICED_WITHIN)
            refused, read = write(), http.get("/health")
            assert house.operator("maintenance", "off")[0] == 0
            until(lambda: write().status_code == 422, NOTICED_WITHIN)

        assert 200 < int(refused.headers["retry-after"]) <= 300
        assert read.status_code == 200


class TestDistrict:
    def test_arrives_in_other_containers_with_its_keys_and_files(self, house: House, moved: Moved, new: House) -> None:
        code, said = new.operator("import", str(moved.file), "--passphrase-file", str(moved.passphrase))
        again = new.operator("import", str(moved.file), "--passphrase-file", str(moved.passphrase))

        assert (code, said) == (0, {"ok": True, "home": None, "rows": moved.rows, "roles": []})
        assert again[0] == NOT_DONE
        assert "已有数据卷" in again[1]
        for service, command in THINGS.items():
            assert things(new, service, command) == things(house, service, command) != ""
        assert things(new, "registry", OWN) != things(house, "registry", OWN)
        assert new.operator("verify-ledger")[0] == 0

    def test_works_where_it_arrived(self, new: House) -> None:
        new.up("--no-deps", "registry")

        assert new.readiness("registry", 8101) == "200"
        assert new.sql("registry", "SELECT count(DISTINCT epoch), max(tx::text) FROM event_log") == "1|0"

    def test_arrives_in_a_folder_under_another_major_version(self, house: House, moved: Moved, tmp_path: Path) -> None:
        home = tmp_path / "home"

        code, said = house.operator("import", str(moved.file), str(home), "--passphrase-file", str(moved.passphrase))

        assert (code, said) == (0, {"ok": True, "home": str(home), "rows": moved.rows, "roles": []})
        left = int(house.sql("postgres", "SHOW server_version_num")) // 10_000
        if data_major(home / "postgres") == left:
            pytest.skip(f"both sides are PostgreSQL {left}")
