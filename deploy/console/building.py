"""From the sources in console/ to a folder of files, made anew only when the sources have changed."""

import hashlib
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

from deploy.console.fingerprint import fingerprint
from deploy.console.node import NoPackages, environment, node_in
from deploy.launcher.layout import ROOT
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.refusals import Refusal

SOURCES = ROOT / "console"
SHIPPED = SOURCES / "dist"
FINGERPRINT, STATUS = "fingerprint.txt", "status.txt"
PREPARING = "界面正在准备(首次约需一分钟)。"


class BuildFailed(Refusal):
    def __init__(self) -> None:
        super().__init__("界面没有建成,原因见日志")


def is_built(folder: Path, wanted: str) -> bool:
    file = folder / FINGERPRINT
    return file.exists() and file.read_text(encoding="ascii") == wanted


def build(home: Path) -> Path:
    """`<home>/console`: the pages, or the reason why there are none."""
    folder, wanted = home / "console", fingerprint(SOURCES)
    if is_built(folder, wanted):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    say(folder, PREPARING)
    try:
        made = SHIPPED if is_built(SHIPPED, wanted) else make(home, wanted)
    except Refusal as refusal:
        say(folder, f"{refusal}。")
        raise
    replace(folder, made)
    return folder


def say(folder: Path, sentence: str) -> None:
    (folder / STATUS).write_text(sentence, encoding="utf-8")


def make(home: Path, wanted: str) -> Path:
    node, npm = node_in(home)
    install(node, npm, home, "--omit=dev")
    target = home / "console.new"
    shutil.rmtree(target, ignore_errors=True)
    run(node, "node_modules/vite/bin/vite.js", "build", "--outDir", str(target), "--emptyOutDir", refusal=BuildFailed)
    (target / FINGERPRINT).write_text(wanted, encoding="ascii")
    return target


def install(node: Path, npm: Path, home: Path, *options: str) -> None:
    """Once for each lock; what checks need beside is a larger set."""
    lock = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()
    stamp = SOURCES / "node_modules" / ".liangxin"
    found = stamp.read_text(encoding="ascii").split() if stamp.exists() else []
    if found[:1] == [lock] and (found[1:] == [] or found[1:] == list(options)):
        return
    run(node, str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error",
        f"--cache={home / 'npm'}", *options, refusal=NoPackages)  # fmt: skip
    stamp.write_text(" ".join((lock, *options)), encoding="ascii")


def run(node: Path, *words: str, refusal: Callable[[], Refusal]) -> None:
    ends_with_us = ending_with_parent(signal.SIGKILL)
    if subprocess.run(
        [node, *words], cwd=SOURCES, env=environment(node), preexec_fn=ends_with_us, check=False
    ).returncode:
        raise refusal()


def replace(folder: Path, made: Path) -> None:
    """The new pages take the old ones' place at once; a copy where they came with the archive."""
    fresh = folder.with_name("console.new")
    if made != fresh:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(made, fresh)
    old = folder.with_name("console.old")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
