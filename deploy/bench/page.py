"""docs/benchmarks.md: figures, targets and baselines; what was written below the mark by hand stays."""

import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from deploy.bench.rounds import DIRECT, GATEWAY, NGINX, PGBENCH, PGBENCH_WHOLE, Figures
from deploy.bench.starts import MEMORY_MIB, READY_SECONDS, Start
from deploy.launcher.layout import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
MARK = "## 未达目标的原因"
QUIET_LOAD = 1.0
MOST_LOST_TO_NGINX, MOST_ADDED_MS = 0.15, 3.0


def write(figures: Sequence[Figures], start: Start | None, *, command: str, load_average: str) -> None:
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    kept = old[old.index(MARK) :] if MARK in old else f"{MARK}\n"
    lines = [
        "# 性能测量",
        "",
        "比值都是同一次运行、交替各轮的中位数之比;绝对值只说明这一台机器。基准测试不是计时测试,不参与 `make check`。",
        "",
        *machine(command, load_average),
        *throughput(figures),
        *passing(figures),
        *layers(figures),
        *(starting(start) if start else ()),
        "",
        kept.rstrip(),
    ]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def machine(command: str, load_average: str) -> Iterable[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"- 机器:{_processor()},{os.cpu_count()} 核,{memory:.0f} GiB,{platform.system()} {platform.release()}"
    yield f"- 命令:`{command}`;日期:{datetime.now(UTC):%Y-%m-%d};开始前一分钟负载:{load_average}"
    if float(load_average) > QUIET_LOAD:
        yield (
            f"- **测量时机器上另有负载({load_average} > {QUIET_LOAD:.0f}):"
            "吞吐、延迟与启动时间只作参考,达标与否以空闲机器上的一次为准**"
        )
    yield "- 16 个连接,发生器、服务与 PostgreSQL 同在一台机器;pgbench 用 16 个客户端与预备语句(`-M prepared`)"
    yield ""


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def throughput(figures: Sequence[Figures]) -> Iterable[str]:
    yield "## P1 经网关的吞吐(令牌、范围、脱敏、审计、幂等俱全)占 pgbench 同一语句的比例"
    yield "| 请求 | 网关 次/秒 | pgbench 次/秒 | 比例 | 目标 | 达到 |"
    yield "|---|---|---|---|---|---|"
    for one in figures:
        share, target = one.share(GATEWAY, PGBENCH), one.load.target
        rates = f"{one.rate(GATEWAY):.0f} | {one.rate(PGBENCH):.0f}"
        yield f"| {one.load.title} | {rates} | {share:.3f} | ≥{target} | {_mark(share >= target)} |"
    yield ""
    for one in figures:
        if one.rate(PGBENCH_WHOLE):
            share = one.share(GATEWAY, PGBENCH_WHOLE)
            yield f"{one.load.title}:占 pgbench 写入该请求全部各行(幂等键、申报、事件、答复)的 {share:.3f}。"
    busiest = max((one.generator_share for one in figures), default=0.0)
    yield f"发生器最多占一个核的 {busiest:.0%},不是瓶颈。"
    yield ""


def passing(figures: Sequence[Figures]) -> Iterable[str]:
    yield "## P2 经过网关后保留的吞吐(直连服务 = 1),与缓存 auth_request 的 nginx 相比"
    yield "| 请求 | 直连 次/秒 | 网关保留 | nginx 保留 | 目标 | 半载 p99 增加 | 目标 | 达到 |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in figures:
        kept, added = one.share(GATEWAY, DIRECT), one.added_p99()
        best = one.share(NGINX, DIRECT)
        reached = added <= MOST_ADDED_MS and (not best or kept >= best - MOST_LOST_TO_NGINX)
        nginx = f"{best:.2f} | ≥{best - MOST_LOST_TO_NGINX:.2f}" if best else "未安装 | 无基准"
        yield (
            f"| {one.load.title} | {one.rate(DIRECT):.0f} | {kept:.2f} | {nginx}"
            f" | {added:.1f} 毫秒 | ≤{MOST_ADDED_MS:.0f} 毫秒 | {_mark(reached)} |"
        )
    yield ""


def layers(figures: Sequence[Figures]) -> Iterable[str]:
    names = list(figures[0].cpu_ms()) if figures else []
    yield "## 每个请求的 CPU 毫秒,按进程(经网关)"
    yield f"| 请求 | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for one in figures:
        used: Mapping[str, float] = one.cpu_ms()
        yield f"| {one.load.title} | {' | '.join(f'{used[name]:.2f}' for name in names)} |"
    yield ""


def starting(start: Start) -> Iterable[str]:
    yield "## P9 启动"
    yield "| 量 | 测得 | 目标 | 达到 |"
    yield "|---|---|---|---|"
    taken, held = start.seconds, start.proportional_mib
    yield f"| 热启动到四个进程就绪 | {taken:.1f} 秒 | ≤{READY_SECONDS:.0f} 秒 | {_mark(taken <= READY_SECONDS)} |"
    yield f"| 四个进程的内存(PSS) | {held:.0f} MiB | ≤{MEMORY_MIB:.0f} MiB | {_mark(held <= MEMORY_MIB)} |"
    yield f"| 同上(RSS,共享页重复计) | {start.resident_mib:.0f} MiB | – | – |"
    each = "、".join(f"{name} {proportional:.0f}" for name, (_, proportional) in start.memory.items())
    yield f"\n各进程 PSS(MiB):{each}。"


def _mark(reached: bool) -> str:
    return "是" if reached else "**否**"
