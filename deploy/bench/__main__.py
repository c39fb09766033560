"""`python -m deploy.bench`: own system in a temporary folder, or with --running the one in LIANGXIN_HOME."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer
from rich.console import Console

from deploy.bench import nginx, page
from deploy.bench.loads import loads
from deploy.bench.rounds import Bench, Figures
from deploy.bench.starts import Start, starts
from deploy.bench.system import launched, own_folder, running_system
from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal

OWN_PORT = 9700
console = Console(highlight=False)
commands = typer.Typer(help="测量 P1、P2、P9,写入 docs/benchmarks.md。", pretty_exceptions_enable=False)


@commands.command()
def measure(
    rounds: Annotated[int, typer.Option(min=1, help="交替的轮数")] = 5,
    seconds: Annotated[float, typer.Option(min=1, help="每轮每项的秒数")] = 6.0,
    running: Annotated[bool, typer.Option("--running", help="测量正在运行的系统(不测启动)")] = False,
    port: Annotated[int, typer.Option(help="自启系统的端口")] = OWN_PORT,
    only: Annotated[str, typer.Option(help="只测 read、list 或 claim")] = "",
) -> None:
    average = f"{os.getloadavg()[0]:.1f}"
    start: Start | None = None
    if running:
        figures = _throughput(running_system(), rounds, seconds, only)
    else:
        with own_folder(port) as layout:
            console.print("正在启动并载入示范区 …")
            with launched(layout):
                figures = _throughput(layout, rounds, seconds, only)
            start = starts(layout, min(rounds, 3), console.print)
    page.write(figures, start, command=f"python -m deploy.bench {' '.join(sys.argv[1:])}".strip(), load_average=average)
    console.print(f"已写入 {page.PAGE}")


def _throughput(layout: Layout, rounds: int, seconds: float, only: str) -> list[Figures]:
    with _nginx_if_installed(layout) as has_nginx:
        bench = Bench(layout, rounds, seconds, has_nginx, console)
        return [bench.run(load) for load in loads(layout) if only in ("", load.name)]


@contextmanager
def _nginx_if_installed(layout: Layout) -> Iterator[bool]:
    with ExitStack() as stack:
        if nginx.is_installed():
            stack.enter_context(nginx.nginx(layout))
        else:
            console.print("没有安装 nginx:P2 只与直连相比")
        yield nginx.is_installed()


def main() -> None:
    try:
        commands(prog_name="python -m deploy.bench")
    except Refusal as refusal:
        console.print(str(refusal), soft_wrap=True, markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
