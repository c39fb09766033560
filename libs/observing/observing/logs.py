"""One JSON line an event, ids only; the request id travels by context."""

import logging
import sys
import traceback

import structlog
from opentelemetry import trace
from structlog.typing import EventDict, WrappedLogger

DEEPEST_FRAMES = 12


def configure(service: str, level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            trace_of_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places_of_exception,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(service=service)


def trace_of_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """So that a log line leads to its trace; nothing where no traces are made."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
    return event


def places_of_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Kinds and places only: messages and local values may hold what a log must not (personal data, tokens)."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    chain = []
    while isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]
        chain.append(
            {"kind": type(error).__qualname__, "places": [f"{one.filename}:{one.lineno} {one.name}" for one in frames]}
        )
        error = error.__cause__
    if chain:
        event["exception"] = chain
    return event
