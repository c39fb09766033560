"""uvicorn's HTTP protocol with what an edge needs: limits on the head, problem+json for bad framing."""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gateway.settings import Settings
from kit.problems import MEDIA_TYPE, BadRequest, Problem


class MalformedRequest(BadRequest):
    code = "malformed-request"
    detail = "不是有效的 HTTP 请求"


class HeadTooLarge(Problem):
    status_code = 431
    code = "headers-too-large"
    detail = "请求头过大"


class HeadTooSlow(Problem):
    status_code = 408
    code = "request-timeout"
    detail = "请求头发送过慢,连接已关闭"


class EdgeProtocol(HttpToolsProtocol):
    head_seconds: ClassVar[float] = 10.0
    max_head_bytes: ClassVar[int] = 32 * 1024
    _head_timer: asyncio.TimerHandle | None = None
    _head_bytes = 0
    _requests_read = 0
    _reading_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the base class
        super().connection_made(transport)
        self._start_head_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._reading_head:
            self._start_head_timer()
        requests_before = self._requests_read
        super().data_received(data)
        if self._reading_head and self._requests_read == requests_before and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > self.max_head_bytes:
                self._refuse(HeadTooLarge())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._start_head_timer()

    def on_headers_complete(self) -> None:
        self._reading_head = False
        self._stop_head_timer()
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > self.max_head_bytes:
            raise ValueError("head too large")
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._reading_head = True
        self._requests_read += 1
        self._head_bytes = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 # the base class's sentence is not ours
        self._refuse(MalformedRequest())

    def _start_head_timer(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_seconds, self._head_overdue)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_overdue(self) -> None:
        self._head_timer = None
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self._start_head_timer()
            return
        self._refuse(HeadTooSlow())

    def _refuse(self, problem: Problem) -> None:
        """Only on a connection that is not in the middle of an answer; else it is just closed."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            content = bytes(problem.response().body)
            head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(content)}\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[problem.status_code] + head.encode("ascii") + content)
        self.transport.close()


def edge_protocol(settings: Settings) -> type[EdgeProtocol]:
    limits = {"head_seconds": settings.head_seconds, "max_head_bytes": settings.max_head_bytes}
    return type("ConfiguredEdgeProtocol", (EdgeProtocol,), limits)
