"""The tool on an installation that is not there, and on a database that is."""

import asyncio
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from typer.testing import CliRunner

from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.provision import conninfo
from deploy.launcher.schemas import revisions_of
from deploy.operator import doctor, maintenance
from deploy.operator.__main__ import NOT_DONE, commands
from deploy.operator.installations import SERVICES, Row, parse_end, parse_files, parse_volume
from deploy.operator.local import LocalInstallation
from kit.clock import set_offset
from kit.database import transaction
from tests.support.databases import Database, MakeDatabase


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIANGXIN_HOME", str(tmp_path))
    monkeypatch.setenv("LIANGXIN_PORT", "59000")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["--where", "local", *arguments])
    return result.exit_code, result.stdout


class TestRefusal:
    @pytest.mark.parametrize(
        ("passphrase", "target", "sentence"),
        [("short", "moved", "口令太短"), ("long enough to be one", "missing/moved", "请检查路径、权限与磁盘空间")],
    )
    def test_is_one_sentence_and_a_code(self, home: Path, passphrase: str, target: str, sentence: str) -> None:
        (home / "passphrase").write_text(passphrase, encoding="utf-8")
        command = ["--where", "local", "export", str(home / target), "--passphrase-file", str(home / "passphrase")]

        refused = subprocess.run(
            [sys.executable, "-m", "deploy.operator", *command], cwd=ROOT, capture_output=True, text=True, check=False
        )

        assert (refused.returncode, refused.stdout) == (NOT_DONE, "")
        assert sentence in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1


class TestStatus:
    @pytest.mark.usefixtures("home")
    def test_of_nothing_is_a_failure_with_reasons(self) -> None:
        code, output = run("status", "--json")

        answer = json.loads(output)
        assert (code, answer["ok"]) == (1, False)
        assert [finding["check"] for finding in answer["findings"] if finding["level"] == "failed"] == [
            "registry", "scoring", "training", "gateway", "registry 事件", "scoring 事件", "training 事件"
        ]  # fmt: skip


class TestDoctor:
    def test_goes_on_after_what_it_cannot_see(self, home: Path) -> None:
        (home / "keys").mkdir()
        code, output = run("doctor", "--json")

        checks = {finding["check"]: finding["level"] for finding in json.loads(output)["findings"]}
        assert code == 1
        assert checks["密钥:齐备"] == "failed"
        assert f"磁盘:{home}" in checks

    def test_names_secrets_that_others_may_read(self, home: Path) -> None:
        (home / "keys").mkdir()
        (home / "keys" / "data.json").touch(mode=0o644)
        _, output = run("doctor", "--json")

        details = {finding["check"]: finding["detail"] for finding in json.loads(output)["findings"]}
        assert details["密钥:权限"] == "他人可读:keys/data.json"


class OnlyDatabases(LocalInstallation):
    """Real databases, and nothing of an installation around them."""

    databases: ClassVar[dict[str, Database]] = {}

    def rows(self, database: str, query: str) -> list[Row]:
        with psycopg.connect(conninfo(self.databases[database].owner_url), row_factory=dict_row) as db:
            return list(db.execute(query.encode()))

    def run(self, service: str, *arguments: str, as_owner: bool = False) -> str:
        database, role = self.databases[service], "OWNER_" if as_owner else ""
        address = {f"{service.upper()}_{role}DATABASE_URL": database.owner_url if as_owner else database.app_url}
        command = [sys.executable, "-m", service, *arguments]
        return subprocess.run(command, env=os.environ | address, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def installation(make_database: MakeDatabase, home: Path) -> OnlyDatabases:
    found = OnlyDatabases(Layout(home, 59000))
    found.databases.update({service: make_database(service) for service in SERVICES})
    return found


class TestClock:
    def levels(self, installation: OnlyDatabases) -> dict[str, str]:
        return {finding.check: finding.level for finding in doctor.CHECKS["时钟"](installation)}

    def test_of_machine_and_database_agree(self, installation: OnlyDatabases) -> None:
        assert self.levels(installation)["时钟:数据库与本机"] == "ok"
        assert self.levels(installation)["时钟:业务日期"] == "ok"

    @pytest.mark.parametrize("hours", [-5, 8])
    def test_that_is_wrong_is_seen(
        self, installation: OnlyDatabases, monkeypatch: pytest.MonkeyPatch, hours: int
    ) -> None:
        """As on a machine whose clock was set to another zone's time."""
        wrong = time.time() + hours * 3600
        with monkeypatch.context() as machine:
            machine.setattr("deploy.operator.doctor.time.time", lambda: wrong)
            found = self.levels(installation)

        assert found["时钟:数据库与本机"] == "failed"

    def test_of_one_service_alone_is_seen(self, installation: OnlyDatabases) -> None:
        async def move(engine: AsyncEngine) -> None:
            async with transaction(engine) as db:
                await set_offset(db, 86400)
            await engine.dispose()

        asyncio.run(move(create_async_engine(installation.databases["training"].app_url)))

        assert self.levels(installation)["时钟:业务日期"] == "failed"


class TestStructure:
    def test_is_that_of_the_program(self, installation: OnlyDatabases) -> None:
        found = {finding.check: (finding.level, finding.detail) for finding in doctor.CHECKS["结构"](installation)}

        newest = {service: revisions_of(service)[-1] for service in SERVICES}
        assert found == {f"结构:{name}": ("ok", f"{one},程序要求 {one}") for name, one in newest.items()}


class TestFeeds:
    def test_that_wait_for_a_forgotten_transaction_are_named_with_it(
        self, installation: OnlyDatabases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The administrator sees every session; here its owner sees its own."""
        installation.databases["postgres"] = installation.databases["training"]
        [patient] = doctor.CHECKS["事件"](installation)
        monkeypatch.setattr(doctor, "LONG_TRANSACTION_SECONDS", 0)
        address = conninfo(installation.databases["training"].owner_url)
        with psycopg.connect(address, application_name="忘记的会话") as forgotten:
            forgotten.execute("SELECT pg_current_xact_id()")
            pid = forgotten.info.backend_pid
            [found] = doctor.CHECKS["事件"](installation)

        assert patient.level == "ok"
        assert (found.level, f"进程 {pid}(" in found.detail) == ("warning", True)


class TestMaintenance:
    def test_is_switched_on_and_off(self, home: Path) -> None:
        assert json.loads(run("maintenance", "on", "--minutes", "5", "--json")[1])["is_on"]
        assert datetime.fromisoformat((home / "maintenance").read_text(encoding="utf-8")).tzinfo is not None
        assert not json.loads(run("maintenance", "off", "--json")[1])["is_on"]
        assert not json.loads(run("maintenance", "--json")[1])["is_on"]

    @pytest.mark.usefixtures("home")
    def test_is_the_file_the_gateway_is_told_of(self) -> None:
        layout = Layout.from_environment()
        maintenance.begin(LocalInstallation(layout).maintenance_file, datetime.now(ZoneInfo("Asia/Shanghai")))
        assert layout.maintenance.exists()


class TestListings:
    def test_are_read_as_the_programs_print_them(self) -> None:
        assert parse_files("keys", "600 10001 a b\n") == [{"mode": 0o600, "owner": 10001, "path": "keys/a b"}]
        listing = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 40 60 40% /data\n"
        assert (
            parse_end("notAfter=Nov  4 17:08:10 2026 GMT\n") == datetime(2026, 11, 4, 17, 8, 10, tzinfo=UTC).timestamp()
        )
        assert parse_volume("files", listing) == {"name": "files", "size": 102_400, "free": 61_440}
