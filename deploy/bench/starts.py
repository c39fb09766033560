"""P9: how soon a warm system is ready, and how much memory its four processes hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from deploy.bench.system import launched, memory_mib
from deploy.launcher.layout import Layout

READY_SECONDS, MEMORY_MIB = 10.0, 350.0


@dataclass(frozen=True, slots=True)
class Start:
    seconds: float
    memory: Mapping[str, tuple[float, float]]

    @property
    def resident_mib(self) -> float:
        return sum(resident for resident, _ in self.memory.values())

    @property
    def proportional_mib(self) -> float:
        return sum(proportional for _, proportional in self.memory.values())


def starts(layout: Layout, rounds: int, tell: Callable[[str], None]) -> Start:
    """The folder is loaded already and nothing runs in it; memory is that of the last start."""
    taken = []
    memory: Mapping[str, tuple[float, float]] = {}
    for number in range(rounds):
        with launched(layout) as seconds:
            taken.append(seconds)
            memory = memory_mib(layout)
        tell(f"启动 第 {number + 1} 轮:{seconds:.1f} 秒")
    return Start(median(taken), memory)
