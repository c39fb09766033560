"""A raw ASGI application, watched from outside: duration by route and status, and a span whose trace goes on."""

from collections.abc import Callable
from time import perf_counter

from opentelemetry import metrics, propagate, trace
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KNOWN_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
SERVER_ERROR = 500
RouteOf = Callable[[Scope], str]


class Observed:
    """`route_of` names a request by one of few words: every label value costs memory here and in Prometheus."""

    def __init__(self, app: ASGIApp, route_of: RouteOf) -> None:
        self._app = app
        self._route_of = route_of
        self._tracer = trace.get_tracer("observing")
        meter = metrics.get_meter("observing")
        self._in_flight = meter.create_up_down_counter("liangxin.requests.in_flight")
        self._duration = meter.create_histogram(
            "http.server.request.duration", unit="s", explicit_bucket_boundaries_advisory=BUCKETS
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "_OTHER"
        labels: dict[str, str | int] = {"http.request.method": method, "http.route": self._route_of(scope)}
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = perf_counter()
        self._in_flight.add(1)
        span = self._tracer.start_as_current_span(
            f"{method} {labels['http.route']}",
            context=propagate.extract(_offered(scope)),
            kind=trace.SpanKind.SERVER,
            attributes=labels,
            record_exception=False,
            set_status_on_exception=False,
        )
        with span as current:
            try:
                await self._app(_continued(scope), receive, watched)
            finally:
                labels["http.response.status_code"] = status
                self._duration.record(perf_counter() - started, labels)
                self._in_flight.add(-1)
                current.set_attributes(labels)
                if status >= SERVER_ERROR:
                    current.set_status(trace.StatusCode.ERROR)


def _offered(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"] if name == b"traceparent"
    }


def _continued(scope: Scope) -> Scope:
    carried: dict[str, str] = {}
    propagate.inject(carried)
    if "traceparent" not in carried:
        return scope
    headers = [pair for pair in scope["headers"] if pair[0] != b"traceparent"]
    return {**scope, "headers": [*headers, (b"traceparent", carried["traceparent"].encode("ascii"))]}
