"""A real gateway on a real socket, in front of services that behave, misbehave or are not there."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from gateway.app import create_app
from gateway.protocol import edge_protocol
from gateway.settings import Settings
from hosting.tokens import Verifier
from tests.support.listening import listening

PIECE = b"0123456789abcdef" * 4096


@dataclass
class Service:
    """Answers what it was asked, and remembers it; `answers` gives fixed answers by path."""

    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)
    seen: list[Scope] = field(default_factory=list)
    received: int = 0
    seconds: float = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        self.seen.append(scope)
        await self._read_body(receive)
        path = scope["path"].rpartition("/")[2]
        if path == "hang":
            await asyncio.sleep(30)
        if path == "slow":
            await asyncio.sleep(self.seconds)
        if path == "big":
            await self._stream(send, int(scope["query_string"]))
            return
        status, content = self.answers.get(scope["path"], (200, self._echo(scope)))
        await self._answer(send, status, content)

    @property
    def last_headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.seen[-1]["headers"]}

    async def _read_body(self, receive: Receive) -> None:
        self.received = 0
        while True:
            message = await receive()
            self.received += len(message.get("body", b""))
            if not message.get("more_body"):
                return

    def _echo(self, scope: Scope) -> Any:
        return {
            "method": scope["method"],
            "path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "received": self.received,
        }

    async def _answer(self, send: Send, status: int, content: Any) -> None:
        body = json.dumps(content).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"x-internal"),
            (b"x-internal", b"secret"),
            (b"x-request-id", b"forged-by-service"),
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _stream(self, send: Send, pieces: int) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(pieces):
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def raw_server(
    answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Whatever `answer` does with a connection."""
    writers: list[asyncio.StreamWriter] = []

    async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await answer(reader, writer)

    server = await asyncio.start_server(kept, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0.01)


@dataclass
class Gateway:
    app: FastAPI
    url: str
    client: httpx2.AsyncClient
    registry: Service
    scoring: Service
    training: Service

    async def talk(self, raw: bytes, *, then: float = 5.0) -> bytes:
        """Write bytes, read until the gateway closes or `then` seconds have passed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", int(self.url.rpartition(":")[2]))
        writer.write(raw)
        try:
            async with asyncio.timeout(then):
                return await reader.read()
        finally:
            writer.close()


OpenGateway = Callable[..., AbstractAsyncContextManager[Gateway]]
DOWN = "http://127.0.0.1:1"


@pytest.fixture
def open_gateway(test_verifier: Verifier) -> OpenGateway:
    """`async with open_gateway(scoring_url=DOWN, read_seconds=0.3) as gateway:`"""

    @asynccontextmanager
    async def opened(**fields: Any) -> AsyncIterator[Gateway]:
        services = {name: Service() for name in ("registry", "scoring", "training")}
        async with AsyncExitStack() as stack:
            for name, service in services.items():
                if f"{name}_url" not in fields:
                    fields[f"{name}_url"] = await stack.enter_async_context(listening(service))
            settings = Settings(**{"subject_rate": "", "address_rate": "", **fields})
            app = create_app(settings, test_verifier)
            url = await stack.enter_async_context(listening(app, http=edge_protocol(settings)))
            client = await stack.enter_async_context(httpx2.AsyncClient(base_url=url, trust_env=False, timeout=10))
            yield Gateway(app, url, client, **services)

    return opened
