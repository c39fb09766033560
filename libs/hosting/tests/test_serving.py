"""A process that is told to end, and somebody who keeps a connection to it."""

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI

from hosting import serving
from hosting.serving import LEAVING_SECONDS, Server

pytestmark = pytest.mark.anyio


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    app = FastAPI()
    app.add_api_route("/", lambda: "here")
    server = Server(app, "127.0.0.1", 0)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has no event to wait for
        await asyncio.sleep(0.01)
    yield server
    server.should_exit = True
    await running


def caller(server: Server) -> httpx2.AsyncClient:
    host, port = server.servers[0].sockets[0].getsockname()
    return httpx2.AsyncClient(base_url=f"http://{host}:{port}", trust_env=False)


class TestServer:
    async def test_keeps_connections_while_it_serves(self, server: Server) -> None:
        async with caller(server) as client:
            assert [(await client.get("/")).headers.get("connection") for _ in range(2)] == [None, None]
            assert len(server.server_state.connections) == 1

    async def test_told_to_end_asks_for_a_new_connection_before_it_closes_the_old_one(self, server: Server) -> None:
        async with caller(server) as client:
            await client.get("/")
            server.should_exit = True
            await asyncio.sleep(LEAVING_SECONDS / 2)

            answer = await client.get("/")

            assert (answer.status_code, answer.headers["connection"]) == (200, "close")

    async def test_without_connections_waits_for_nobody(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """However long it would wait for its callers: otherwise this test would not end."""
        monkeypatch.setattr(serving, "LEAVING_SECONDS", 10_000.0)

        server.should_exit = True
        while any(one.is_serving() for one in server.servers):  # noqa: ASYNC110 - nor for its end
            await asyncio.sleep(0.01)

        assert server.server_state.connections == set()
