"""The tool on an installation that is not there, and on a database that is."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row
from typer.testing import CliRunner

from deploy.launcher.layout import Layout
from deploy.launcher.provision import conninfo
from deploy.operator import maintenance
from deploy.operator.__main__ import commands
from deploy.operator.installations import parse_files, parse_volume
from deploy.operator.local import LocalInstallation
from scoring.points.sums import DIFFERENCES
from tests.support.databases import MakeDatabase


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIANGXIN_HOME", str(tmp_path))
    monkeypatch.setenv("LIANGXIN_PORT", "59000")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["--where", "local", *arguments])
    return result.exit_code, result.stdout


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


class TestLedger:
    def test_differences_name_subject_indicator_and_period(self, make_database: MakeDatabase) -> None:
        """A total that says more than the entries, and one whose periods do not add up."""
        total = (
            "INSERT INTO point_totals"
            " (subject_id, points_year, indicator_code, subject_kind, root_id, granted, by_period)"
            " VALUES (gen_random_uuid(), 2026, 'A', 'member', gen_random_uuid(), %s, %s)"
        )
        with psycopg.connect(conninfo(make_database("scoring").app_url), row_factory=dict_row) as db:
            assert db.execute(DIFFERENCES.encode()).fetchall() == []
            db.execute(total, (0, [0, 0]))
            assert db.execute(DIFFERENCES.encode()).fetchall() == []
            db.execute(total, (3, [1, 1]))
            found = db.execute(DIFFERENCES.encode()).fetchall()

        assert [(row["period"], row["entries"], row["total"]) for row in found] == [
            (-1, "2.00", "3.00"), (0, "0", "1.00"), (1, "0", "1.00")
        ]  # fmt: skip


class TestListings:
    def test_are_read_as_the_programs_print_them(self) -> None:
        assert parse_files("keys", "600 10001 a b\n") == [{"mode": 0o600, "owner": 10001, "path": "keys/a b"}]
        listing = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 40 60 40% /data\n"
        assert parse_volume("files", listing) == {"name": "files", "size": 102_400, "free": 61_440}
