"""What a span may say: never a path, a query, an address or anything else a caller wrote.

A path may hold a one-time token, a query a name; the route template says enough.
"""

from opentelemetry.context import Context
from opentelemetry.sdk.trace import Span, SpanProcessor

CALLERS_WORDS = frozenset(
    f"{kind}.{part}"
    for kind, parts in {
        "url": ("path", "query", "full"),
        "http": ("request.method_original",),
        "user_agent": ("original",),
        "client": ("address", "port"),
        "network.peer": ("address", "port"),
        "server": ("address", "port"),
    }.items()
    for part in parts
)


class Discretion(SpanProcessor):
    def on_start(self, span: Span, parent_context: Context | None = None) -> None:  # noqa: ARG002 - OpenTelemetry's signature
        for name in CALLERS_WORDS & frozenset(span.attributes or ()):
            span.set_attribute(name, "")
