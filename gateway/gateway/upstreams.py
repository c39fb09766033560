"""One pool, one breaker and one share of the work for each service, so that none can starve another."""

import asyncio
import math
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from typing import Any

import structlog
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import ConnectError, PyreqwestError
from pyreqwest.request import RequestBuilder
from pyreqwest.response import Response

from gateway.bodies import IncomingBody
from gateway.breakers import Breaker
from gateway.headers import Pairs
from gateway.pulse import Pulse
from gateway.refusals import (
    ServiceAnswerBroken,
    ServiceBusy,
    ServiceSuspended,
    ServiceTimedOut,
    ServiceUnreachable,
)
from gateway.settings import Settings

KEPT_IDLE_SECONDS = 0.5
FURTHER_TRIES = 2
ALIVE = "/livez"
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
log = structlog.get_logger()


class Upstream:
    def __init__(self, name: str, url: str, settings: Settings) -> None:
        self.name = name
        self.breaker = Breaker(settings.breaker_failures)
        self._pulse = Pulse(self._is_answering, doubt_seconds=settings.doubt_seconds)
        self._recovery: asyncio.Task[None] | None = None
        self._url = url.rstrip("/")
        self._settings = settings
        self._in_flight = 0
        self._client: Client | None = None

    def open(self) -> None:
        self._client = (
            ClientBuilder()
            .connect_timeout(timedelta(seconds=self._settings.connect_seconds))
            .read_timeout(timedelta(seconds=self._settings.read_seconds))
            .timeout(timedelta(seconds=self._settings.total_seconds))
            .pool_idle_timeout(timedelta(seconds=KEPT_IDLE_SECONDS))
            .pool_max_idle_per_host(self._settings.max_in_flight_per_service)
            .user_agent("liangxin-gateway")
            .http1_lower_case_headers()
            .follow_redirects(False)
            .referer(False)
            .no_proxy()
            .gzip(False)
            .brotli(False)
            .zstd(False)
            .deflate(False)
            .build()
        )

    async def close(self) -> None:
        if self._recovery is not None:
            self._recovery.cancel()
            with suppress(asyncio.CancelledError):
                await self._recovery
        if self._client is not None:
            await self._client.close()
            self._client = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Work on one request, or refuse at once; what happens inside teaches the breaker."""
        if self._in_flight >= self._settings.max_in_flight_per_service:
            raise ServiceBusy
        if self.breaker.is_open:
            raise ServiceSuspended(retry_after=math.ceil(self._settings.breaker_seconds))
        self._in_flight += 1
        try:
            yield
        except (ServiceUnreachable, ServiceTimedOut):
            self._failed()
            raise
        else:
            self.breaker.succeeded()
        finally:
            self._in_flight -= 1

    def _failed(self) -> None:
        self.breaker.failed()
        if self.breaker.is_open and (self._recovery is None or self._recovery.done()):
            log.warning("upstream.suspended", service=self.name)
            self._recovery = asyncio.create_task(self._recover())

    async def _recover(self) -> None:
        """Nobody's request finds out whether the service is back: a question of our own does, after every pause."""
        while self.breaker.is_open:
            await asyncio.sleep(self._settings.breaker_seconds)
            if await self._pulse.is_felt():
                self.breaker.succeeded()
        log.info("upstream.resumed", service=self.name)

    async def _is_answering(self) -> bool:
        try:
            async with asyncio.timeout(self._settings.pulse_seconds):
                async with self._request("GET", ALIVE, [], b"").build_streamed():
                    return True
        except (TimeoutError, PyreqwestError, ServiceUnreachable):
            return False

    @asynccontextmanager
    async def answer(
        self, method: str, target: str, headers: Pairs, body: bytes | IncomingBody = b""
    ) -> AsyncIterator[Response]:
        """The streamed answer; tried again where nothing was sent yet, and once more when repeating is harmless."""
        tries_left = 0 if isinstance(body, IncomingBody) else FURTHER_TRIES
        may_repeat = is_repeatable(method, headers)
        with named_failures():
            while True:
                request = self._request(method, target, headers, body).build_streamed()
                try:
                    async with self._pulse.watched():
                        response = await request.__aenter__()
                except PyreqwestError as error:
                    is_harmless = may_repeat or was_never_sent(error)
                    if not tries_left or not is_harmless or isinstance(error, TimeoutError):
                        raise
                    tries_left -= 1
                    continue
                break
        try:
            yield response
        finally:
            await request.__aexit__(None, None, None)

    def _request(self, method: str, target: str, headers: Pairs, body: bytes | IncomingBody) -> RequestBuilder:
        if self._client is None:
            raise ServiceUnreachable
        builder = self._client.request(method, self._url + target).headers(headers)
        if isinstance(body, IncomingBody):
            return builder.body_stream(body.stream())
        return builder.body_bytes(body) if body or method not in SAFE_METHODS else builder


def is_repeatable(method: str, headers: Pairs) -> bool:
    """The service answers a repeated Idempotency-Key with what it answered before."""
    return method in SAFE_METHODS or any(name == "idempotency-key" for name, _ in headers)


def was_never_sent(error: PyreqwestError) -> bool:
    """ConnectError alone does not say so: it also stands for a connection that broke before the answer."""
    details: Mapping[str, Any] = getattr(error, "details", None) or {}
    return any(cause.get("message") == "client error (Connect)" for cause in details.get("causes") or ())


@contextmanager
def named_failures() -> Iterator[None]:
    """The client's errors by what they mean to the caller."""
    try:
        yield
    except TimeoutError as error:
        raise ServiceTimedOut from error
    except ConnectError as error:
        raise ServiceUnreachable from error
    except PyreqwestError as error:
        raise ServiceAnswerBroken from error


class Upstreams(dict[str, Upstream]):
    @classmethod
    def of(cls, settings: Settings) -> "Upstreams":
        return cls({name: Upstream(name, url, settings) for name, url in settings.service_urls().items()})

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        for upstream in self.values():
            upstream.open()
        try:
            yield
        finally:
            for upstream in self.values():
                await upstream.close()
