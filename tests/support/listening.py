"""An application on a real socket, in this process."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PromptServer(uvicorn.Server):
    """Stops when told instead of at the next tick, and leaves the process's signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.leave = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        await self.on_tick(0)
        self.ready.set()
        await self.leave.wait()


def is_running(app: FastAPI) -> bool:
    return bool(getattr(app.state, "is_running", False))


@asynccontextmanager
async def listening(app: Any, port: int | None = None, **options: Any) -> AsyncIterator[str]:
    """The application behind uvicorn on a free port; one that runs already is not started again."""
    port = port or free_port()
    quiet: dict[str, Any] = dict.fromkeys(("access_log", "server_header", "proxy_headers"), False)
    server = PromptServer(
        uvicorn.Config(
            app,
            port=port,
            lifespan="on" if isinstance(app, FastAPI) and not is_running(app) else "off",
            log_config=None,
            ws="none",
            **quiet,
            **options,
        )
    )
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.force_exit = True
        server.leave.set()
        await running
