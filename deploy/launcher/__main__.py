"""`python -m deploy.launcher up | stop | logs | status | reset`."""

import os
import shutil
import sys
from typing import Annotated

import typer
from rich.console import Console

from deploy.calling import UnansweredError, ask
from deploy.launcher.holding import AlreadyRunning, NotRunning, ask_to_stop, current_holder
from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal

TRACES = (
    "postgres",
    "postgres.log",
    "keys",
    "logs",
    "files",
    "accounts.json",
    "accounts.json.unfinished",
    "launcher.lock",
    "console",
    "console.new",
    "console.old",
    "node",
    "npm",
)
CONFIRMATION = "yes"
console = Console(highlight=False)
commands = typer.Typer(help="在本机启动整套系统。", no_args_is_help=True, pretty_exceptions_enable=False)


class NoLogYet(Refusal):
    def __init__(self, layout: Layout) -> None:
        super().__init__(f"还没有日志 {layout.log}:请先 make run")


@commands.command(help="启动 PostgreSQL 和四个进程,直到 Ctrl-C")
def up(empty: Annotated[bool, typer.Option("--empty", help="不载入示范区")] = False) -> None:
    from deploy.launcher.running import run

    run(Layout.from_environment(), console, loads=not empty)


@commands.command(help="停止")
def stop() -> None:
    ask_to_stop(Layout.from_environment())
    console.print("已停止")


@commands.command(help="持续查看日志")
def logs() -> None:
    layout = Layout.from_environment()
    if not layout.log.exists():
        raise NoLogYet(layout)
    os.execvp("tail", ["tail", "-n", "100", "-F", str(layout.log)])  # noqa: S606 - a program, not a shell line


@commands.command(help="各进程是否就绪")
def status() -> None:
    layout = Layout.from_environment()
    holder = current_holder(layout)
    if holder is None:
        raise NotRunning(layout)
    try:
        answer = ask(f"{holder.address}/health")
    except UnansweredError:
        console.print(f"{holder.address} 还没有就绪")
        raise typer.Exit(1) from None
    for name, health in answer.get("services", {}).items():
        console.print(f"{name:>8} {health['state']}")
    console.print(f"{'总体':>6} {answer.get('status')}  {holder.address}")


@commands.command(help="清空全部数据,先询问")
def reset(yes: Annotated[bool, typer.Option("--yes", help="不询问")] = False) -> None:
    layout = Layout.from_environment()
    if holder := current_holder(layout):
        raise AlreadyRunning(layout, holder)
    found = [layout.home / name for name in TRACES if (layout.home / name).exists()]
    if not found:
        console.print(f"{layout.home} 中没有数据")
        return
    console.print(f"将删除 {layout.home} 中的:{'、'.join(path.name for path in found)}")
    if not yes and input(f"输入 {CONFIRMATION} 确认:").strip() != CONFIRMATION:
        console.print("没有删除")
        raise typer.Exit(1)
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    console.print("已清空")


def main() -> None:
    try:
        commands(prog_name="python -m deploy.launcher")
    except Refusal as refusal:
        console.print(str(refusal), soft_wrap=True, markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
