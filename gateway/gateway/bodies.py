"""A caller's body on its way through: counted, timed, never parsed, never kept whole when large."""

import asyncio
from collections.abc import AsyncIterator

from starlette.types import Receive

from gateway.refusals import BodyTooSlow, CallerGone, MalformedHeaders
from kit.problems import TooLarge

KEPT_WHOLE = 64 * 1024
LINGER_SECONDS = 1.0


class IncomingBody:
    def __init__(self, receive: Receive, *, length: str | None, is_chunked: bool, limit: int, seconds: float) -> None:
        self._receive = receive
        self._limit = limit
        self._deadline = asyncio.get_running_loop().time() + seconds
        self._received = 0
        self._head: list[bytes] = []
        self.length = _announced(length)
        self.is_complete = not is_chunked and not self.length

    def refuse_if_announced_too_large(self) -> None:
        if self.length is not None and self.length > self._limit:
            raise TooLarge

    async def whole_if_small(self) -> bytes | None:
        """The complete body, or None when it is to be streamed."""
        if self.is_complete:
            return b""
        if self.length is not None and self.length > KEPT_WHOLE:
            return None
        while not self.is_complete and self._received <= KEPT_WHOLE:
            self._head.append(await self._next())
        return b"".join(self._head) if self.is_complete else None

    async def stream(self) -> AsyncIterator[bytes]:
        while self._head:
            yield self._head.pop(0)
        while not self.is_complete:
            if part := await self._next():
                yield part

    async def linger(self) -> None:
        """Read on for a moment, so that a refused caller can read the refusal before the connection closes."""
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while not self.is_complete:
                    message = await self._receive()
                    self.is_complete = message["type"] != "http.request" or not message.get("more_body", False)
        except TimeoutError:
            self.is_complete = True

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError as error:
            raise BodyTooSlow from error
        if message["type"] == "http.disconnect":
            raise CallerGone
        part: bytes = message.get("body", b"")
        self._received += len(part)
        self.is_complete = not message.get("more_body", False)
        if self._received > self._limit:
            raise TooLarge
        return part


def _announced(length: str | None) -> int | None:
    if length is None:
        return None
    if not (length.isascii() and length.isdigit()):
        raise MalformedHeaders
    return int(length)
