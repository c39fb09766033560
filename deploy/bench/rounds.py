"""Interleaved rounds and their medians: whatever else the machine does disturbs every side alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from rich.console import Console

from deploy.bench import nginx, pgbench
from deploy.bench.generator import WARM_UP_SHARE, Job, Outcome, measure
from deploy.bench.loads import CONNECTIONS, Load
from deploy.bench.processor import Clock
from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal

WITH_WARM_UP = 1 + WARM_UP_SHARE
MOST_REFUSED = 0.001
GATEWAY, DIRECT, NGINX, PGBENCH, PGBENCH_WHOLE = "gateway", "direct", "nginx", "pgbench", "pgbench_whole"


class RequestsRefused(Refusal):
    def __init__(self, load: Load, outcome: Outcome) -> None:
        super().__init__(f"{load.title}:有请求没有成功 {outcome.statuses},结果不能用")


@dataclass(slots=True)
class Figures:
    """A second, by side and round; CPU milliseconds a request, by process and round, through the gateway."""

    load: Load
    rates: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    generator_share: float = 0.0
    p99_half_load: dict[str, list[float]] = field(default_factory=dict)

    def rate(self, side: str) -> float:
        return median(self.rates[side]) if self.rates.get(side) else 0.0

    def share(self, side: str, baseline: str) -> float:
        """Ratio of the medians."""
        return self.rate(side) / self.rate(baseline) if self.rate(baseline) else 0.0

    def cpu_ms(self) -> Mapping[str, float]:
        return {name: median(values) for name, values in self.cpu.items()}

    def added_p99(self) -> float:
        return median(self.p99_half_load[GATEWAY]) - median(self.p99_half_load[DIRECT])


@dataclass(frozen=True, slots=True)
class Bench:
    layout: Layout
    rounds: int
    seconds: float
    has_nginx: bool
    console: Console

    def run(self, load: Load) -> Figures:
        figures = Figures(load)
        for number in range(self.rounds):
            sides = [GATEWAY, DIRECT, *([NGINX] if self.has_nginx else []), PGBENCH]
            sides += [PGBENCH_WHOLE] if load.whole else []
            for side in sides if number % 2 == 0 else reversed(sides):
                rate = self._one(figures, side)
                figures.rates.setdefault(side, []).append(rate)
                self.console.print(f"{load.title} 第 {number + 1} 轮 {side}:{rate:.0f}/秒", highlight=False)
        self._half_load(figures)
        return figures

    def _one(self, figures: Figures, side: str) -> float:
        load = figures.load
        if side in (PGBENCH, PGBENCH_WHOLE):
            return pgbench.per_second(self.layout, load, self.seconds, whole=side == PGBENCH_WHOLE)
        clock = Clock(self.layout, load.service)
        before = clock.read()
        outcome = self._ask(load, side)
        if side == GATEWAY:
            figures.generator_share = max(figures.generator_share, outcome.cpu_share)
            answered = outcome.per_second * self.seconds * WITH_WARM_UP
            for name, seconds in clock.read().items():
                figures.cpu.setdefault(name, []).append((seconds - before[name]) * 1000 / answered)
        return outcome.per_second

    def _ask(self, load: Load, side: str, rate: float = 0.0) -> Outcome:
        outcome = measure(Job(self._port(load, side), load.requests, CONNECTIONS, self.seconds, rate))
        if outcome.failed > sum(outcome.statuses.values()) * MOST_REFUSED or not outcome.per_second:
            raise RequestsRefused(load, outcome)
        return outcome

    def _port(self, load: Load, side: str) -> int:
        if side == NGINX:
            return nginx.port_of(self.layout)
        return self.layout.port_of("gateway" if side == GATEWAY else load.service)

    def _half_load(self, figures: Figures) -> None:
        """Both sides at half of what the gateway keeps up with."""
        rate = figures.rate(GATEWAY) / 2
        for _ in range(self.rounds):
            for side in (GATEWAY, DIRECT):
                outcome = self._ask(figures.load, side, rate)
                figures.p99_half_load.setdefault(side, []).append(outcome.p99_ms)
