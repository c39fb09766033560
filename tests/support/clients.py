"""The real application over ASGI, with its real start and stop."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

import httpx2
import pytest
from fastapi import FastAPI

from hosting.settings import ServiceSettings
from tests.support.databases import Database

S = TypeVar("S", bound=ServiceSettings)
ServiceClient = Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    """Starts the application unless an outer block already did."""
    if getattr(app.state, "is_running", False):
        yield
        return
    async with app.router.lifespan_context(app):
        app.state.is_running = True
        try:
            yield
        finally:
            app.state.is_running = False


@pytest.fixture(scope="session")
def service_client() -> ServiceClient:
    """`async with service_client(app, token) as client:`; several clients of one application may be nested."""

    @asynccontextmanager
    async def open_client(app: FastAPI, token: str | None = None, **options: Any) -> AsyncIterator[httpx2.AsyncClient]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(running(app))
            transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
            client = httpx2.AsyncClient(transport=transport, base_url="http://service", headers=headers, **options)
            yield await stack.enter_async_context(client)

    return open_client


def service_settings(kind: type[S], database: Database, **fields: Any) -> S:
    """Settings of a service on that database, its consumers and worker off unless asked for."""
    quiet = {"run_consumers": False, "run_worker": False, "demonstration": True, "pool_size": 5}
    return kind(database_url=database.app_url, owner_database_url=database.owner_url, **{**quiet, **fields})
