"""What the gateway tells an operator: where requests go and what it refuses."""

from opentelemetry import metrics
from opentelemetry.metrics import Observation
from starlette.types import Scope

from gateway import paths
from gateway.upstreams import Upstreams
from kit.problems import Problem

TOO_MANY = 429
_meter = metrics.get_meter("gateway")
_refusals = _meter.create_counter("liangxin.refusals")


def route_of(scope: Scope) -> str:
    """One of few words, whatever the caller wrote."""
    path: str = scope["path"]
    service = paths.service_of(path)
    if service is not None:
        return f"/api/v1/{service}"
    return path if path in paths.ALWAYS_OPEN else "other"


def count_refusal(problem: Problem) -> None:
    """Those that say something about us: too many requests, and what could not be served."""
    if problem.status_code >= TOO_MANY:
        _refusals.add(1, {"code": problem.code})


def show_breakers(upstreams: Upstreams) -> None:
    def states(_: object) -> list[Observation]:
        return [Observation(int(one.breaker.is_open), {"upstream": name}) for name, one in upstreams.items()]

    _meter.create_observable_gauge("liangxin.upstream.breaker_open", [states])
