"""Another release in containers, forth or back, while people work: it stands beside the old one until it is ready.

Edge and database keep running as they are; they take the other release at the next `docker compose up -d`.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.operator.composed import compose
from deploy.operator.installations import DEPLOYABLES, SERVICES, CommandFailed

READY_SECONDS, NOTICED_SECONDS, STOP_SECONDS = 120, 3.0, 30
Tell = Callable[[str], None]


class NoSuchRelease(Refusal):
    def __init__(self, image: str) -> None:
        super().__init__(f"这台机器上没有镜像 {image}:请先构建,或用离线安装包的 install.sh load 载入")


class NotReady(Refusal):
    def __init__(self, service: str, version: str) -> None:
        super().__init__(
            f"{service} 的 {version} 没有就绪,已撤下,原来的照常工作;换回原来的版本:liangxin upgrade 原版本"
        )


class NotRunning(Refusal):
    def __init__(self, service: str) -> None:
        super().__init__(f"{service} 没有在运行:请先 docker compose up -d --wait,再升级")


def exchange_release(version: str, tell: Tell) -> None:
    """The same way forth and back: migrations only add, and an older release leaves a newer structure alone."""
    for name in DEPLOYABLES:
        require_image(f"{os.environ.get('REGISTRY_PREFIX', '')}liangxin-{name}:{version}")
    for service in SERVICES:
        tell(f"升级 {service} 的数据库结构")
        compose("run", "--rm", "--no-deps", "-T", f"migrate-{service}", VERSION=version)
    for name in DEPLOYABLES:
        tell(f"更换 {name}")
        exchange(name, version)
    tell("更换后台任务")
    workers = (f"{service}-worker" for service in SERVICES)
    compose("up", "-d", "--wait", "--no-deps", "--no-build", *workers, VERSION=version)
    remember(version, settings_file())


def exchange(name: str, version: str) -> None:
    """As many new ones as old ones; the old ones answer what they have begun, or stay where the new ones fail."""
    leaving = running(name)
    if not leaving:
        raise NotRunning(name)
    patience = ("--wait", "--wait-timeout", str(READY_SECONDS))
    scale = ("--no-recreate", "--scale", f"{name}={2 * len(leaving)}", name)
    try:
        compose("up", "-d", *patience, "--no-deps", "--no-build", *scale, VERSION=version)
    except CommandFailed as failed:
        remove(set(running(name)) - set(leaving))
        raise NotReady(name, version) from failed
    time.sleep(NOTICED_SECONDS)
    remove(leaving)


def running(name: str) -> list[str]:
    return compose("ps", "-q", "--all", name).split()


def remove(containers: Iterable[str]) -> None:
    for container in containers:
        docker("stop", "--time", str(STOP_SECONDS), container)
        docker("rm", container)


def require_image(image: str) -> None:
    try:
        docker("image", "inspect", "--format", "{{.Id}}", image)
    except CommandFailed as failed:
        raise NoSuchRelease(image) from failed


def settings_file() -> Path:
    """The one Compose reads."""
    return ROOT / (os.environ.get("COMPOSE_ENV_FILES", "").partition(",")[0] or ".env")


def remember(version: str, file: Path) -> None:
    """VERSION=… in it, everything else as it was."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = [line for line in lines if not line.startswith("VERSION=")]
    part = file.with_name(f"{file.name}.part")
    part.write_text("".join(f"{line}\n" for line in (*kept, f"VERSION={version}")), encoding="utf-8")
    part.replace(file)


def docker(*arguments: str) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"docker {' '.join(arguments[:2])}", done.stderr)
    return done.stdout.strip()
