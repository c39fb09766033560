"""One request and the answer being given: what was sent already decides what can still be said."""

from starlette.types import Message, Receive, Scope, Send

from gateway.bodies import IncomingBody
from gateway.encoding import Encoded, chosen
from kit.problems import Problem

CLOSE = (b"connection", b"close")


class Exchange:
    __slots__ = ("_send", "body", "receive", "request_id", "scope", "started")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self._send = send
        self.request_id = ""
        self.started = False
        self.body: IncomingBody | None = None

    def shrink(self, accepted: str | None) -> None:
        """Answers to reads only: what hands out a token answers a write."""
        if self.scope["method"] == "GET" and (encoding := chosen(accepted)):
            self._send = Encoded(self._send, encoding)

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self.request_id.encode("ascii"))]
        await self._send(message)

    async def refuse(self, problem: Problem) -> None:
        response = problem.response()
        headers = response.raw_headers
        if self.body is None:
            headers = [*headers, CLOSE]
        start: Message = {"type": "http.response.start", "status": response.status_code, "headers": headers}
        content = b"" if self.scope["method"] == "HEAD" else bytes(response.body)
        await self.finish(start, content, self.body)

    async def finish(self, start: Message, content: bytes, body: IncomingBody | None) -> None:
        """Answer completely; with a body still arriving, let the caller read the answer before closing."""
        self.close_after(start, body)
        await self.send(start)
        if body is None or body.is_complete:
            await self._send({"type": "http.response.body", "body": content})
            return
        await self._send({"type": "http.response.body", "body": content, "more_body": True})
        await body.linger()
        await self._send({"type": "http.response.body", "body": b""})

    async def caller_leaves(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass

    def close_after(self, start: Message, body: IncomingBody | None) -> None:
        """A connection with an unread body on it cannot serve another request."""
        if body is not None and not body.is_complete:
            start["headers"] = [*start["headers"], CLOSE]
