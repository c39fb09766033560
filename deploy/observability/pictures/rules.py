"""What a panel's own JSON says about its picture: units people read, names of lines, colours."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

STEPS: Mapping[str, tuple[tuple[float, str], ...]] = MappingProxyType(
    {
        "s": ((0.001, "毫秒"), (1, "秒"), (60, "分钟"), (3600, "小时"), (86400, "天")),
        "bytes": ((1, "字节"), (2**10, "KiB"), (2**20, "MiB"), (2**30, "GiB")),
        "percentunit": ((0.01, "%"),),
        "reqps": ((1, "次/秒"),),
        "short": ((1, ""),),
    }
)
WORTH_A_STEP = 2
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
WIDTH_OF_A_LETTER, WIDTH_OF_A_SYMBOL = 7, 36


@dataclass(frozen=True, slots=True)
class Scale:
    size: float
    unit: str

    def shown(self, value: float) -> str:
        """Three digits are read at a glance."""
        scaled = value / self.size
        decimals = next((number for number, limit in enumerate((100, 10)) if abs(scaled) >= limit), 2)
        text = f"{scaled:,.{decimals}f}"
        return text.rstrip("0").rstrip(".") if decimals else text


@dataclass(frozen=True, slots=True)
class Run:
    start: float
    end: float
    value: float


def scale_for(unit: str, highest: float) -> Scale:
    """The largest step of which there are two or more."""
    first, *others = STEPS[unit]
    worth = [step for step in others if highest >= WORTH_A_STEP * step[0]]
    return Scale(*(worth or [first])[-1])


def name_of(legend: str, labels: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: labels.get(found[1], ""), legend).strip()


def legend_columns(names: Sequence[str], width: float) -> int:
    widest = max(len(name) for name in names) * WIDTH_OF_A_LETTER + WIDTH_OF_A_SYMBOL
    return max(1, min(len(names), int(width // widest)))


def colour_of(steps: Sequence[Mapping[str, Any]], value: float) -> str:
    """Of the last threshold reached; the first has no value, so that it always is."""
    return str([step["color"] for step in steps if step["value"] is None or value >= step["value"]][-1])


def runs(points: Sequence[tuple[float, float]]) -> list[Run]:
    """Stretches of one value, each until the next begins."""
    found: list[Run] = []
    for at, value in points:
        if found:
            found[-1] = replace(found[-1], end=at)
        if not found or found[-1].value != value:
            found.append(Run(at, at, value))
    return found
