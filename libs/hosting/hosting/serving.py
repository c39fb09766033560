"""A server that leaves politely, so that another process can take its place while people work."""

import asyncio
import gc
import socket
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI

KEEP_ALIVE_SECONDS, SHUTDOWN_SECONDS, LEAVING_SECONDS = 75, 10, 1.5
ALLOCATIONS_BETWEEN_COLLECTIONS = 10_000


class Server(uvicorn.Server):
    """Told to end, it answers long polls at once and asks with every answer for a new connection, elsewhere."""

    def __init__(self, app: FastAPI, host: str, port: int, **options: Any) -> None:
        self._app = app
        super().__init__(uvicorn.Config(
            app, host=host, port=port, log_config=None, access_log=False, server_header=False, proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS, timeout_graceful_shutdown=SHUTDOWN_SECONDS, **options,
        ))  # fmt: skip

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """What the start made is never walked again, and young objects a few times a second instead of a request."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)
        super().run(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._app.state.stopping = True
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """A kept connection closed without a word breaks the request that is just being sent on it (ADR 22)."""
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        await asyncio.sleep(LEAVING_SECONDS if self.server_state.connections else 0)
        await super().shutdown(sockets)
