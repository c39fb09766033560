"""What a user who asks for the impossible reads: one sentence, no trace."""

import fcntl
import socket

import pytest

from deploy.launcher.layout import Layout, PortInvalid
from deploy.launcher.tests.conftest import Launch


def sentence(launch: Launch, *arguments: str) -> str:
    process = launch(*arguments)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert output.count("\n") == 1, output
    return output


class TestUp:
    def test_on_a_busy_port_names_it(self, layout: Layout, launch: Launch) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", layout.port_of("scoring")))
            other.listen()

            assert f"端口 {layout.port_of('scoring')}(scoring)已被别的程序占用" in sentence(launch, "up")

    def test_in_a_folder_where_it_already_runs_names_the_other(self, layout: Layout, launch: Launch) -> None:
        layout.make_folders()
        with layout.lock.open("w", encoding="ascii") as held:
            held.write('{"pid": 4711, "address": "http://127.0.0.1:1"}')
            held.flush()
            fcntl.flock(held, fcntl.LOCK_EX)

            assert "已在运行(进程 4711,http://127.0.0.1:1)" in sentence(launch, "up")

    def test_on_data_of_another_major_names_it(self, layout: Layout, launch: Launch) -> None:
        layout.postgres.mkdir(parents=True)
        (layout.postgres / "PG_VERSION").write_text("9\n", encoding="ascii")

        assert "由 PostgreSQL 9 建立" in sentence(launch, "up")

    @pytest.mark.parametrize("port", ["0", "65500", "abc", "-1"])
    def test_on_no_port_at_all(self, port: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LIANGXIN_PORT", port)

        with pytest.raises(PortInvalid, match=port):
            Layout.from_environment()


class TestStop:
    def test_of_nothing_says_so(self, launch: Launch) -> None:
        assert "没有在运行" in sentence(launch, "stop")


class TestReset:
    def test_unconfirmed_deletes_nothing(self, layout: Layout, launch: Launch) -> None:
        layout.make_folders()
        (layout.keys / "data.json").write_text("{}", encoding="ascii")

        assert launch("reset").wait(60) != 0
        assert (layout.keys / "data.json").exists()

    def test_confirmed_leaves_what_is_not_its_own(self, layout: Layout, launch: Launch) -> None:
        layout.make_folders()
        (layout.home / "mine.txt").write_text("x", encoding="ascii")

        assert launch("reset", "--yes").wait(60) == 0
        assert [path.name for path in layout.home.iterdir()] == ["mine.txt"]
