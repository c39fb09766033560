"""CPU time of the processes a request runs through, so that a missed target names the layer that costs it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.bench.system import serving
from deploy.launcher.layout import Layout

TICKS = os.sysconf("SC_CLK_TCK")
USER = 11


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds used so far by gateway, one service and PostgreSQL."""

    layout: Layout
    service: str

    def read(self) -> Mapping[str, float]:
        return {
            "网关": _seconds([serving("gateway", self.layout)]),
            "服务": _seconds([serving(self.service, self.layout)]),
            "PostgreSQL": _seconds(_backends(self.layout)),
        }


def _seconds(processes: list[Path]) -> float:
    total = 0
    for process in processes:
        try:
            fields = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[USER]) + int(fields[USER + 1])
    return total / TICKS


def _backends(layout: Layout) -> list[Path]:
    postmaster = (layout.postgres / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0]
    found = [Path("/proc") / postmaster]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == postmaster:
            found.append(process)
    return found
