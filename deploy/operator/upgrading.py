"""Another release in containers, forth or back, while people work: it stands beside the old one until it is ready.

Edge and database keep running as they are; they take the other release at the next `docker compose up -d`.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.operator.composed import Containers, compose, docker, last_words
from deploy.operator.installations import DEPLOYABLES, SERVICES, CommandFailed

READY_SECONDS, LOOK_SECONDS, STOP_SECONDS = 120.0, 0.5, 30
FAILED = {"exited", "dead", "unhealthy"}
Tell = Callable[[str], None]


class NoSuchRelease(Refusal):
    def __init__(self, version: str) -> None:
        super().__init__(f"这台机器上没有版本 {version} 的镜像:请先构建,或用离线安装包的 install.sh load 载入")


class NotReady(Refusal):
    def __init__(self, version: str, reasons: Iterable[str]) -> None:
        super().__init__(f"{version} 没有就绪,已撤下,原来的版本照常工作。{';'.join(reasons)}")


class WorkersNotReady(Refusal):
    def __init__(self, version: str, reasons: Iterable[str]) -> None:
        super().__init__(f"服务与网关已换成 {version},后台任务没有就绪:{';'.join(reasons)}。可以用同一条命令退回")


class NotRunning(Refusal):
    def __init__(self, service: str) -> None:
        super().__init__(f"{service} 没有在运行:请先 docker compose up -d --wait,再升级")


class NotWritable(Refusal):
    def __init__(self, file: Path) -> None:
        super().__init__(f"不能写 {file}:版本号要记在那里,请用能写它的账号执行")


@dataclass(frozen=True, slots=True)
class Replicas:
    """Of one service: those of another release, and those of this one that an interrupted exchange left."""

    leaving: frozenset[str]
    coming: frozenset[str]

    @property
    def scale(self) -> int:
        return len(self.leaving) + max(len(self.leaving), len(self.coming))


def exchange_release(version: str, tell: Tell) -> None:
    """The same way forth and back: migrations only add, and an older release leaves a newer structure alone."""
    file = settings_file()
    require_writable(file)
    images = images_of(version)
    before = {name: healthy_replicas(name, image) for name, image in images.items()}
    tell("补齐密钥,升级数据库结构")
    once("keys", version)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda service: once(f"migrate-{service}", version), SERVICES))
    tell("启动新版本,等待就绪")
    start_beside(before, images, version)
    remember(version, file)
    tell("停下旧版本,更换后台任务")
    remove(container for found in before.values() for container in found.leaving)
    exchange_workers(version)


def exchange_workers(version: str) -> None:
    """Nobody waits for them: the new ones take the place of the old ones."""
    workers = [f"{service}-worker" for service in SERVICES]
    scales = [part for worker in workers for part in ("--scale", f"{worker}={len(Containers.of(worker)) or 1}")]
    compose("up", "-d", "--no-deps", "--no-build", *scales, *workers, VERSION=version)
    started = {container: worker for worker in workers for container in Containers.of(worker)}
    if failed := until_ready(started):
        raise WorkersNotReady(version, (f"{worker}:{last_words(one)}" for one, worker in failed))


def once(name: str, version: str) -> None:
    compose("run", "--rm", "--no-deps", "-T", name, VERSION=version)


def start_beside(before: Mapping[str, Replicas], images: Mapping[str, str], version: str) -> None:
    """Where one of the new ones does not get ready, all that were started now go again and the old ones stay."""
    reasons: list[str] = []
    try:
        for name, found in before.items():
            # Named together they would wait for each other, and for the old ones.
            options = ("--no-deps", "--no-build", "--no-recreate", "--scale", f"{name}={found.scale}")
            compose("up", "-d", *options, name, VERSION=version)
    except CommandFailed as failed:
        reasons = [str(failed)]
    coming = {
        one: name for name, found in before.items() for one in replicas(name, images[name]).coming - found.leaving
    }
    reasons = reasons or [f"{name}:{last_words(one)}" for one, name in until_ready(coming)]
    if reasons:
        withdraw(one for one, name in coming.items() if one not in before[name].coming)
        raise NotReady(version, reasons)


def until_ready(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Container and service of those that failed, or were not healthy in time."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        states = states_of(names)
        waited_for = [one for one, state in states.items() if state != "healthy"]
        failed = [one for one in waited_for if states[one] in FAILED]
        if failed or not waited_for or time.monotonic() > deadline:
            return [(one, names[one]) for one in failed or waited_for]
        time.sleep(LOOK_SECONDS)


def states_of(containers: Iterable[str]) -> dict[str, str]:
    """Each `healthy`, on its way, or one of FAILED; who had to be started again is not on its way any more."""
    names = list(containers)
    health = "{{with .State.Health}}{{.Status}}{{else}}none{{end}}"
    line = f"{{{{.State.Status}}}} {health} {{{{.RestartCount}}}}"
    said = docker("inspect", "--format", line, *names).splitlines() if names else []
    return {name: _state(*one.split()) for name, one in zip(names, said, strict=True)}


def _state(status: str, health: str, restarts: str) -> str:
    if status == "running" and health == "healthy":
        return health
    return "exited" if restarts != "0" else health if status == "running" else status


def replicas(name: str, image: str) -> Replicas:
    found = Containers.of(name)
    if not found:
        raise NotRunning(name)
    coming = frozenset(container for container, used in found.items() if used == image)
    return Replicas(frozenset(found) - coming, coming)


def healthy_replicas(name: str, image: str) -> Replicas:
    """What an earlier attempt left half-way goes, and so does what is broken of the release that runs."""
    found = replicas(name, image)
    broken = frozenset(container for container, state in states_of(found.coming).items() if state != "healthy")
    if not found.leaving:
        return Replicas(broken, found.coming - broken)
    remove(broken)
    return Replicas(found.leaving, found.coming - broken)


def remove(containers: Iterable[str]) -> None:
    """They answer what they have begun."""
    if found := tuple(containers):
        docker("stop", "--time", str(STOP_SECONDS), *found)
        docker("rm", *found)


def withdraw(containers: Iterable[str]) -> None:
    """Who is not ready yet has nobody to answer, and may not hear a word."""
    found = set(containers)
    ready = {container for container, state in states_of(found).items() if state == "healthy"}
    if found - ready:
        docker("rm", "--force", *(found - ready))
    remove(ready)


def images_of(version: str) -> dict[str, str]:
    """By deployable; all of them are here."""
    known = sorted(set(compose("config", "--images", VERSION=version).split()))
    try:
        images = {
            name: next(image for image in known if image.endswith(f"liangxin-{name}:{version}")) for name in DEPLOYABLES
        }
        docker("image", "inspect", "--format", "{{.Id}}", *images.values())
    except (StopIteration, CommandFailed) as missing:
        raise NoSuchRelease(version) from missing
    return images


def settings_file() -> Path:
    """The one whose settings Compose prefers."""
    return (ROOT / (os.environ.get("COMPOSE_ENV_FILES", "").rpartition(",")[2] or ".env")).resolve()


def require_writable(file: Path) -> None:
    if not os.access(file.parent, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise NotWritable(file)


def remember(version: str, file: Path) -> None:
    """VERSION=… in it, everything else as it was."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = [line for line in lines if not line.startswith("VERSION=")]
    part = file.with_name(f"{file.name}.part")
    part.write_text("".join(f"{line}\n" for line in (*kept, f"VERSION={version}")), encoding="utf-8")
    if file.exists():
        shutil.copymode(file, part)
    part.replace(file)
