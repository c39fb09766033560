"""What a real Prometheus answers to the questions a dashboard asks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deploy.calling import ask
from deploy.observability.pictures.rules import name_of

POINTS = 110
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds since 1970."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    points: tuple[tuple[float, float], ...]

    @property
    def last(self) -> float:
        return self.points[-1][1]


@dataclass(frozen=True, slots=True)
class Answer:
    panel: Mapping[str, Any]
    series: tuple[Series, ...]
    span: Span

    @property
    def highest(self) -> float:
        return max((value for one in self.series for _, value in one.points), default=0.0)

    @property
    def unit(self) -> str:
        return str(self.defaults["unit"])

    @property
    def defaults(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.panel["fieldConfig"]["defaults"]
        return found


def answers(address: str, dashboard: Mapping[str, Any], span: Span) -> list[Answer]:
    return [
        Answer(panel, tuple(one for target in panel["targets"] for one in _series(address, target, span)), span)
        for panel in dashboard["panels"]
    ]


def _series(address: str, target: Mapping[str, Any], span: Span) -> Iterator[Series]:
    query = {"query": target["expr"]}
    if target.get("instant"):
        found = _ask(f"{address}/api/v1/query", query | {"time": span.end})
    else:
        step = (span.end - span.start) / POINTS
        found = _ask(f"{address}/api/v1/query_range", query | {"start": span.start, "end": span.end, "step": step})
    for one in found:
        points = ((float(at), float(value)) for at, value in one.get("values") or [one["value"]])
        if known := tuple((at, value) for at, value in points if value == value):  # noqa: PLR0124 - NaN is not itself
            yield Series(name_of(target["legendFormat"], one["metric"]), known)


def _ask(url: str, query: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(url, seconds=PATIENCE_SECONDS, **query)["data"]["result"]
    return found
