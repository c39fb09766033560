"""`python -m deploy.observability.pictures`: the three dashboards over a real Prometheus, as docs/pictures/*.svg.

A system of its own in a temporary folder works for some minutes. Ends with 2 and one Chinese sentence when it cannot.
"""

import sys
import time
from typing import Annotated, Any

import typer
from rich.console import Console

from deploy.backup.work import keep_backups
from deploy.bench.system import launched, own_folder
from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.observability.expressions import dashboards
from deploy.observability.pictures import watching, work
from deploy.observability.pictures.asking import Span, answers
from deploy.observability.pictures.drawing import clock, picture

PICTURES = ROOT / "docs" / "pictures"
OWN_PORT, NOT_DONE = 9500, 2
NOTE = "{day},示范区数据,由同一仪表盘文件绘制(外观与 Grafana 不同);其间有一次过量访问,training 被强制结束一次。"
console = Console(highlight=False)


def main(
    minutes: Annotated[float, typer.Option(min=1, help="系统工作几分钟")] = 8,
    port: Annotated[int, typer.Option(help="自启系统的端口")] = OWN_PORT,
) -> None:
    try:
        watching.refuse_unless_installed()
        _measure_and_draw(minutes, port)
    except Refusal as refusal:
        console.print(str(refusal), soft_wrap=True, markup=False)
        sys.exit(NOT_DONE)


def _measure_and_draw(minutes: float, port: int) -> None:
    with own_folder(port) as layout:
        keep_backups(layout)
        with watching.watched(layout) as prometheus:
            started = time.time()
            console.print("正在启动并载入示范区 …")
            with launched(layout, watching.settings(layout)):
                console.print(f"正在工作 {minutes:g} 分钟 …")
                work.work(layout, minutes * 60)
                span = Span(started, time.time())
                for name, dashboard in dashboards().items():
                    _draw(name, dashboard, prometheus, span)


def _draw(name: str, dashboard: dict[str, Any], prometheus: str, span: Span) -> None:
    note = NOTE.format(day=clock(span.end, "%Y-%m-%d"))
    file = PICTURES / f"dashboard-{name}.svg"
    file.write_text(picture(dashboard, answers(prometheus, dashboard, span), span, note), encoding="utf-8")
    console.print(f"已写入 {file.relative_to(ROOT)}")


if __name__ == "__main__":
    typer.run(main)
