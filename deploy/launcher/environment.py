"""`python3 deploy/launcher/environment.py`: makes .venv what requirements.lock says; does nothing when it already is.

Runs before anything is installed, on whatever Python the machine has: standard library only, syntax of Python 3.7.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "liangxin.stamp"
LOCK, OURS, UV_LOCK = ROOT / "requirements.lock", ROOT / "requirements.in", Path(__file__).with_name("uv.lock.txt")
WHEELS = ROOT / "wheels"  # only in the archive for machines without network
OLDEST = (3, 11)


def main() -> None:
    place = digest(str(ROOT).encode(), str(sys.version_info[:2]).encode())
    wanted = place + " " + digest(LOCK.read_bytes(), OURS.read_bytes(), UV_LOCK.read_bytes())
    found = STAMP.read_text(encoding="ascii") if STAMP.exists() else ""
    if found == wanted and PYTHON.exists():
        return
    if not found.startswith(place) or not PYTHON.exists():
        make_venv()
    say("正在按 requirements.lock 准备运行环境 …")
    beside = ("--no-index", "--find-links", WHEELS) if WHEELS.exists() else ()
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, *beside, "--require-hashes", "-r", UV_LOCK)
    uv = (PYTHON, "-m", "uv", "--quiet", "pip")
    run(*uv, "sync", *beside, "--compile-bytecode", "--python", PYTHON, "--require-hashes", LOCK)
    run(*uv, "install", *beside, "--python", PYTHON, "--no-deps", "--no-build-isolation", "-r", OURS)
    STAMP.write_text(wanted, encoding="ascii")


def make_venv() -> None:
    if sys.version_info < OLDEST:
        stop("需要 Python 3.11 或更新的版本,当前是 " + sys.version.split()[0] + ":可用 make PYTHON=python3.12 … 指定")
    try:
        import ensurepip  # noqa: F401 - Debian ships it in python3-venv
        import venv
    except ImportError:
        stop("这个 Python 没有 venv 模块:请先安装(Debian/Ubuntu:apt-get install python3-venv)")
    venv.EnvBuilder(with_pip=True, clear=True, symlinks=True).create(str(VENV))


def run(*command: object) -> None:
    try:
        subprocess.run([str(part) for part in command], cwd=str(ROOT), env=environment(), check=True)
    except subprocess.CalledProcessError:
        stop("运行环境没有准备好,原因见上:多半是连不上软件源,可用 PIP_INDEX_URL 与 UV_DEFAULT_INDEX 指定镜像")


def environment() -> "dict[str, str]":
    """uv does not read pip's settings: pip's mirror is handed on; a home without write access is avoided."""
    chosen = dict(os.environ)
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(chosen):
        asked = subprocess.run(
            [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False,
        )  # fmt: skip
        mirror = chosen.get("PIP_INDEX_URL") or asked.stdout.strip()
        if mirror:
            chosen["UV_DEFAULT_INDEX"] = mirror
    if not os.access(str(Path.home()), os.W_OK):
        chosen.setdefault("UV_CACHE_DIR", str(ROOT / ".local" / "cache"))
    return chosen


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


def stop(text: str) -> None:
    say(text)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
