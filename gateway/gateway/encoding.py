"""Smaller answers: zstd or gzip for what is read as text and is over a kilobyte, piece by piece where it is streamed.

Never what hands out a token: those are answers to writes, and say `no-store`. A secret beside what a caller may choose
could be guessed from the length.
"""

import sys
import zlib
from abc import ABC, abstractmethod
from typing import ClassVar

from starlette.types import Message, Send

from gateway.headers import RawPairs

__all__ = ["Encoded", "Encoding", "chosen", "zstd"]

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WORTH_IT = 1024
GZIP_LEVEL, ZSTD_LEVEL, GZIP_WINDOW = 4, 3, 31
READ_AS_TEXT = (b"application/json", b"application/problem+json", b"text/", b"image/svg+xml", b"application/javascript")
EVENTS = b"text/event-stream"
NO_CONTENT, PARTIAL, NOT_MODIFIED = 204, 206, 304
VARY = (b"vary", b"Accept-Encoding")


class Encoding(ABC):
    name: ClassVar[bytes]

    @abstractmethod
    def next(self, piece: bytes, *, is_last: bool) -> bytes:
        """What can be sent once this piece has been seen; all that is held back, at the last one."""


class Zstd(Encoding):
    name = b"zstd"

    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(ZSTD_LEVEL)

    def next(self, piece: bytes, *, is_last: bool) -> bytes:
        kind = zstd.ZstdCompressor
        return self._compressor.compress(piece, kind.FLUSH_FRAME if is_last else kind.FLUSH_BLOCK)


class Gzip(Encoding):
    name = b"gzip"

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(GZIP_LEVEL, wbits=GZIP_WINDOW)

    def next(self, piece: bytes, *, is_last: bool) -> bytes:
        how = zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH
        return self._compressor.compress(piece) + self._compressor.flush(how)


ENCODINGS: dict[str, type[Encoding]] = {"zstd": Zstd, "gzip": Gzip}


def chosen(accepted: str | None) -> type[Encoding] | None:
    """The one the caller likes best; zstd where it likes both alike."""
    if not accepted:
        return None
    wishes = dict(_wish(part) for part in accepted.lower().split(","))
    rest = wishes.get("*", 0.0)
    best = max(ENCODINGS, key=lambda name: wishes.get(name, rest))
    return ENCODINGS[best] if wishes.get(best, rest) > 0 else None


def _wish(part: str) -> tuple[str, float]:
    name, _, quality = part.partition(";")
    try:
        return name.strip(), float(quality.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0


class Encoded:
    """Between an answer and the caller who accepts this kind: the head waits for the first piece of the body."""

    def __init__(self, send: Send, kind: type[Encoding]) -> None:
        self._send = send
        self._kind = kind
        self._head: Message | None = None
        self._encoding: Encoding | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and may_shrink(message["status"], message.get("headers", [])):
            self._head = message
            return
        if message["type"] == "http.response.body":
            message = await self._shrunk(message)
        await self._send(message)

    async def _shrunk(self, message: Message) -> Message:
        body, is_last = message.get("body", b""), not message.get("more_body", False)
        if self._head is not None:
            head, self._head = self._head, None
            if is_last and len(body) <= WORTH_IT:
                await self._send({**head, "headers": [*head["headers"], VARY]})
                return message
            self._encoding = self._kind()
            body = self._encoding.next(body, is_last=is_last)
            told = headers_of(self._encoding, head["headers"], len(body) if is_last else None)
            await self._send({**head, "headers": told})
        elif self._encoding is not None:
            body = self._encoding.next(body, is_last=is_last)
        return {**message, "body": body}


def headers_of(encoding: Encoding, before: RawPairs, length: int | None) -> RawPairs:
    """The tag becomes a weak one: the bytes are no longer those it was given for."""
    kept = [(name, weak(value) if name == b"etag" else value) for name, value in before if name != b"content-length"]
    kept += [(b"content-encoding", encoding.name), VARY]
    return kept if length is None else [*kept, (b"content-length", str(length).encode("ascii"))]


def weak(tag: bytes) -> bytes:
    return tag if tag.startswith(b"W/") else b"W/" + tag


def may_shrink(status: int, headers: RawPairs) -> bool:
    told = {name.lower(): value.lower() for name, value in headers}
    kind = told.get(b"content-type", b"")
    return (
        status not in (NO_CONTENT, PARTIAL, NOT_MODIFIED)
        and kind.startswith(READ_AS_TEXT)
        and not kind.startswith(EVENTS)
        and b"content-encoding" not in told
        and b"no-store" not in told.get(b"cache-control", b"")
        and b"no-transform" not in told.get(b"cache-control", b"")
        and int(told.get(b"content-length", WORTH_IT + 1)) > WORTH_IT
    )
