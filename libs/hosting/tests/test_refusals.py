"""What an operator reads when a process cannot start: one sentence and an exit code, no trace."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hosting.refusals import UNUSABLE, CommandLine, read_secret
from kit.refusals import Refusal

REFUSING = """
from hosting.commands import ServiceCommandLine
from hosting.settings import ServiceSettings
from pathlib import Path
from sqlalchemy import create_engine
cli = ServiceCommandLine("SAMPLE_")

@cli.command()
def settings():
    ServiceSettings()

@cli.command()
def secret():
    ServiceSettings(database_url="", client_secret_file=Path("/nowhere/secret")).client_secret()

@cli.command()
def database():
    create_engine("postgresql+psycopg://x@127.0.0.1:1/x").connect()

cli()
"""


class TestSecret:
    def test_missing_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(Refusal, match="secret:No such file"):
            read_secret(tmp_path / "secret")

    def test_empty_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("\n", encoding="utf-8")

        with pytest.raises(Refusal, match="是空的"):
            read_secret(tmp_path / "secret")


class TestCommandLine:
    def test_collects_garbage_again_that_was_left_while_importing(self) -> None:
        cli, found = CommandLine("SAMPLE_"), []
        cli.command()(lambda: found.append(gc.isenabled()))
        gc.disable()

        cli([], standalone_mode=False)

        assert found == [True]

    @pytest.mark.parametrize(
        ("command", "sentence"),
        [
            ("settings", "设置缺失或不正确:SAMPLE_DATABASE_URL"),
            ("secret", "读不到密钥文件 /nowhere/secret"),
            ("database", "数据库不可用:"),
        ],
    )
    def test_says_in_one_line_why_it_cannot(self, command: str, sentence: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        answer = subprocess.run(
            [sys.executable, "-c", REFUSING, command], capture_output=True, text=True, env=environment, check=False
        )

        assert answer.returncode == UNUSABLE
        assert answer.stderr.startswith(sentence)
        assert answer.stderr.count("\n") == 1
