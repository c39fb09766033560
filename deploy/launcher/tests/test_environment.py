"""Before anything is installed: what a machine that lacks something reads."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.launcher import environment


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """The script in a folder of its own, so that it may make a .venv there."""
    folder = tmp_path / "deploy" / "launcher"
    folder.mkdir(parents=True)
    for path in (Path(environment.__file__), environment.UV_LOCK):
        shutil.copy(path, folder)
    for path in (environment.LOCK, environment.OURS):
        shutil.copy(path, tmp_path)
    return folder / "environment.py"


class TestEnvironment:
    def test_without_venv_module_says_what_to_install(self, script: Path, tmp_path: Path) -> None:
        missing = tmp_path / "missing"
        missing.mkdir()
        (missing / "ensurepip.py").write_text("raise ImportError", encoding="ascii")

        answer = subprocess.run(
            [sys.executable, script],
            env={**os.environ, "PYTHONPATH": str(missing)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert answer.returncode == 1
        assert answer.stderr.count("\n") == 1
        assert "apt-get install python3-venv" in answer.stderr

    def test_that_is_current_is_left_alone(self, script: Path, tmp_path: Path) -> None:
        place = environment.digest(str(tmp_path).encode(), str(sys.version_info[:2]).encode())
        sources = (environment.LOCK, environment.OURS, environment.UV_LOCK)
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
        stamp = f"{place} {environment.digest(*(path.read_bytes() for path in sources))}"
        (tmp_path / ".venv" / "liangxin.stamp").write_text(stamp, encoding="ascii")

        answer = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

        assert (answer.returncode, answer.stderr) == (0, "")


class TestLock:
    def test_names_no_address_and_pins_everything_by_hash(self) -> None:
        for lock in (environment.LOCK, environment.UV_LOCK):
            text = lock.read_text(encoding="utf-8")
            packages = [line for line in text.splitlines() if line[:1].isalnum()]

            assert "://" not in text
            assert all("==" in line and line.endswith("\\") for line in packages)
