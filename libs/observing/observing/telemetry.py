"""Metrics on a port of their own, traces by OTLP; what is not asked for is not even imported.

Everybody else speaks to OpenTelemetry's API, which does nothing until `begin` was called.
"""

import structlog

log = structlog.get_logger()


def begin(service: str, *, host: str, metrics_port: int, otlp_url: str) -> None:
    """Once a process, before its application is made; 0 and "" are off."""
    if metrics_port:
        _show_metrics(host, metrics_port)
    if otlp_url:
        _send_traces(service, otlp_url)


def _show_metrics(host: str, port: int) -> None:
    """`/metrics` in Prometheus' text format; a service that cannot be watched still serves."""
    from opentelemetry import metrics
    from opentelemetry.exporter.prometheus import PrometheusMetricReader
    from opentelemetry.sdk.metrics import MeterProvider
    from prometheus_client import start_http_server

    metrics.set_meter_provider(
        MeterProvider([PrometheusMetricReader(disable_target_info=True, scope_info_enabled=False)])
    )
    try:
        start_http_server(port, addr=host)
    except OSError as error:
        log.warning("metrics.not_shown", port=port, reason=type(error).__name__)


def _send_traces(service: str, url: str) -> None:
    from opentelemetry import trace
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    from observing.discretion import Discretion

    provider = TracerProvider(resource=Resource.create({"service.name": service}))
    provider.add_span_processor(Discretion())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)
