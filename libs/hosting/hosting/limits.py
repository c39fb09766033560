"""ASGI middleware that protects a service: request id, in-flight limit and the last catch for what nobody named."""

import re
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kit import problems
from kit.intake import Intake

REQUEST_ID = re.compile(r"^[A-Za-z0-9_.\-]{8,64}$")
HEALTH_PATHS = ("/livez", "/readyz", "/version", "/metrics")
log = structlog.get_logger()


class RequestContext:
    """Binds the request id to every log line of the request and returns it to the caller."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.match(given) else uuid.uuid4().hex

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self.app(scope, receive, send_with_id)


class BodyLimit:
    """413 at once for an announced size, at the first byte too many for a streamed one."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > self.most:
            await problems.TooLarge().response()(scope, receive, send)
            return
        scope["kit_intake"] = intake = Intake(receive, int(announced), self.most)
        await self.app(scope, intake, send)


class CatchAll:
    """An unhandled error becomes problem+json; raised further it would break the connection's next request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.exception("request.failed", path=scope["path"], kind=type(error).__name__)
            if started:
                raise
            await problems.Problem().response()(scope, receive, send)


class InFlightLimit:
    """At most `most` requests at once; the rest are told to come back. Health is always answered."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most
        self.now = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in HEALTH_PATHS:
            await self.app(scope, receive, send)
            return
        if self.now >= self.most:
            await problems.Unavailable().response()(scope, receive, send)
            return
        self.now += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.now -= 1
