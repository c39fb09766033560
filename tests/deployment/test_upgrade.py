"""Another release and back, in containers, while people read and write: nobody outside sees a failure."""

import asyncio
import io
import json
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.launcher.schemas import revisions_of
from deploy.operator import upgrading
from deploy.operator.__main__ import NOT_DONE
from deploy.operator.installations import DEPLOYABLES, SERVICES
from deploy.upgrade.callers import Callers
from deploy.upgrade.swapping import NEXT_RELEASE
from tests.deployment.house import ROOT, House
from tests.deployment.people import first_administrator

pytestmark = [pytest.mark.deployment, pytest.mark.anyio]
OLD, NEW, BROKEN, NEVER_BUILT = "0.1.0", "0.1.1", "0.1.2", "0.0.9"
BETWEEN_REQUESTS = 0.05
MIGRATIONS = "/opt/venv/lib/python3.11/site-packages/registry/migrations/versions"


@pytest.fixture
async def callers(house: House) -> AsyncIterator[Callers]:
    """They work as long as the test does."""
    async with house.http() as http:
        administrator = await first_administrator(house, http)
        district = (await administrator.organization("升级中的区委", "district_committee")).json()["id"]
    callers = Callers(house.address, administrator.token, district, house.trusted())
    working = asyncio.create_task(callers.work(writers=2, readers=1, pause=BETWEEN_REQUESTS))
    yield callers
    callers.end()
    await working


def next_release(house: House) -> str:
    """The same programs under another name, and a registry that has one migration more."""
    for name in DEPLOYABLES:
        house.docker.images.get(f"liangxin-{name}:{OLD}").tag(f"liangxin-{name}", NEW)
    previous = revisions_of("registry")[-1]
    revision = f"{int(previous) + 1:04d}"
    build(house, f"liangxin-registry:{NEW}", {
        "Dockerfile": f"FROM liangxin-registry:{OLD}\nCOPY {revision}_add_note.py {MIGRATIONS}/\n",
        f"{revision}_add_note.py": NEXT_RELEASE.format(revision=revision, previous=previous),
    })  # fmt: skip
    return revision


def build(house: House, tag: str, files: dict[str, str]) -> None:
    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(text.encode()), 0o644
            archive.addfile(member, io.BytesIO(text.encode()))
    context.seek(0)
    house.docker.images.build(fileobj=context, custom_context=True, tag=tag, rm=True)


async def exchanged(version: str) -> None:
    command = [sys.executable, "-m", "deploy.operator", "--where", "compose", "upgrade", version, "--json"]
    running = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, said = await running.communicate()
    assert running.returncode == 0, said.decode()
    assert json.loads(output)["version"] == version


def configured(house: House) -> set[str]:
    """The releases that run."""
    names = (*DEPLOYABLES, *(f"{name}-worker" for name in SERVICES))
    return {house.container(name).attrs["Config"]["Image"].rpartition(":")[2] for name in names}


@pytest.fixture
def operator(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Whoever works here has the house's settings, and a file of their own; that file."""
    file = tmp_path / "settings"
    file.write_text("PORT=1\n", encoding="utf-8")
    file.chmod(0o600)
    for name, value in (house.environment | {"COMPOSE_ENV_FILES": str(file)}).items():
        monkeypatch.setenv(name, value)
    return file


def running(house: House) -> dict[str, int]:
    return {name: len(house.containers(name)) for name in DEPLOYABLES}


def noted(file: Path) -> tuple[str, int]:
    return file.read_text(encoding="utf-8"), file.stat().st_mode & 0o777


class TestUpgrade:
    async def test_and_the_way_back_are_noticed_by_nobody(self, house: House, callers: Callers, operator: Path) -> None:
        """The first attempt was killed when it had started a gateway."""
        revision, numbers = next_release(house), running(house)
        gateway = {"gateway": upgrading.images_of(NEW)["gateway"]}
        upgrading.start_beside({"gateway": upgrading.replicas("gateway", gateway["gateway"])}, gateway, NEW)

        await exchanged(NEW)
        upgraded = house.sql("registry", "SELECT version_num FROM alembic_version"), configured(house)
        await exchanged(OLD)
        so_far, kept = len(callers.acknowledged), set(house.sql("registry", "SELECT code FROM units").split())

        assert upgraded == (revision, {NEW})
        assert (house.sql("registry", "SELECT version_num FROM alembic_version"), configured(house)) == (
            revision,
            {OLD},
        )
        assert noted(operator) == (f"PORT=1\nVERSION={OLD}\n", 0o600)
        assert callers.failures == {}
        assert len(callers.acknowledged) > 100
        assert callers.reads > 100
        assert set(callers.acknowledged[:so_far]) <= kept
        assert running(house) == numbers

    def test_to_what_is_not_there_changes_nothing(self, house: House) -> None:
        code, sentence = house.operator("upgrade", NEVER_BUILT)

        assert code == NOT_DONE
        assert f"没有版本 {NEVER_BUILT} 的镜像" in sentence

    @pytest.mark.usefixtures("operator")
    def test_to_what_never_gets_ready_leaves_the_old_ones_at_work(self, house: House) -> None:
        for name in DEPLOYABLES:
            house.docker.images.get(f"liangxin-{name}:{OLD}").tag(f"liangxin-{name}", BROKEN)
        says = 'ENTRYPOINT ["sh", "-c", "echo 不行 >&2; exit 2"]'
        build(house, f"liangxin-registry:{BROKEN}", {"Dockerfile": f"FROM liangxin-registry:{OLD}\n{says}\n"})
        images = upgrading.images_of(BROKEN)
        before = {name: upgrading.replicas(name, image) for name, image in images.items()}

        with pytest.raises(upgrading.NotReady, match="registry:不行"):
            upgrading.start_beside(before, images, BROKEN)

        assert {name: upgrading.replicas(name, image) for name, image in images.items()} == before
        assert house.readiness("gateway", 8000) == "200"

    @pytest.mark.usefixtures("operator")
    def test_says_which_worker_does_not_get_ready(self) -> None:
        with pytest.raises(upgrading.WorkersNotReady, match="registry-worker:不行"):
            upgrading.exchange_workers(BROKEN)

        upgrading.exchange_workers(OLD)
