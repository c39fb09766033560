"""Putting a service together: everything that is the same in each of them, in one call."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse

from describing.answers import RESPONSES
from describing.application import DescribedApp, describe
from hosting import health, housekeeping, http, jobs, limits
from hosting.domains import consumers_of
from hosting.engines import create_engine
from hosting.settings import ServiceSettings
from hosting.tokens import Verifier
from kit import access, constraints, permissions, problems
from kit.clock import set_offset
from kit.domains import Domain
from kit.events import feed
from kit.events.consumer import Consumer, Handler
from kit.events.log import Event
from kit.routing import KitRoute
from observing import logs
from observing.samples import Samples

CLOCK_MOVED = "registry.clock.moved.v1"
Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


# No pages, no guessed addresses, and what people sent stays out of logs and spans.
BARE: dict[str, Any] = {
    "openapi_url": None,
    "docs_url": None,
    "redoc_url": None,
    "redirect_slashes": False,
    "telemetry": {"logs": False, "operation_spans": False},
}


async def move_clock(db: Any, event: Event) -> None:
    await set_offset(db, int(event.data["offset_seconds"]))


def with_clock(consumer: Consumer) -> Consumer:
    """The business clock is registry's; whoever reads registry follows it (architecture D17)."""
    own: dict[str, Handler] = {CLOCK_MOVED: move_clock} if consumer.source == "registry" else {}
    return Consumer(consumer.source, {**consumer.handlers, **own})


def create_service(
    settings: ServiceSettings,
    *,
    name: str,
    title: str,
    package_file: str,
    domains: Sequence[Domain],
    resolve_paths: access.ResolvePaths,
    verifier: Verifier | None = None,
) -> FastAPI:
    """`package_file` is the service's `__file__`: access.csv stands beside it, migrations/ beside its package.

    A `verifier` given from outside is not polled (registry's own keys, tests).
    """
    logs.configure(name, settings.log_level)
    app = DescribedApp(title=title, version="1", **BARE, lifespan=_lifespan(domains, follow_keys=verifier is None))
    app.state.name = name
    app.state.settings = settings
    app.state.engine = create_engine(settings)
    app.state.reading_engine = create_engine(settings, reads_only=True)
    app.state.verifier = verifier or Verifier(settings.issuer)
    app.state.access = permissions.read_rules(Path(package_file).parent / "access.csv")
    app.state.resolve_paths = resolve_paths
    app.state.migrations = health.shipped_with(package_file, "migrations")
    app.state.feeds = {}
    app.state.stopping = False
    constraint_errors = {name: error for one in domains for name, error in one.constraint_errors.items()}
    problems.install(app)
    constraints.install(app, constraint_errors)
    highest_first = [router for one in reversed(domains) for router in one.routers]  # `/me` before a lower `/{id}`
    for router in (*highest_first, feed.router):
        take_routes(app, router)
    describe(app, app.state.access, constraint_errors, played=Path(package_file).parent / "examples.json")
    for path, answer in (("/livez", health.livez), ("/readyz", health.readyz), ("/version", health.show_version)):
        app.add_route(path, answer, include_in_schema=False)
    document = health.shipped_with(package_file, health.DOCUMENT)  # to make it takes seconds of the only event loop
    app.add_route(f"/{health.DOCUMENT}", lambda _: FileResponse(document), include_in_schema=False)
    app.add_middleware(limits.BodyLimit, most=settings.max_body_bytes)
    app.add_middleware(limits.CatchAll)
    app.add_middleware(limits.InFlightLimit, most=settings.max_in_flight)
    app.add_middleware(limits.RequestContext)
    return app


def take_routes(app: FastAPI, router: APIRouter) -> None:
    """As they are, once: an included router would make each of them a second time, and look for it twice a request."""
    for route in router.routes:
        if not isinstance(route, KitRoute):
            raise TypeError(f"{route} would be open to everybody")
        route.responses |= RESPONSES
        app.router.routes.append(route)


def _lifespan(domains: Sequence[Domain], *, follow_keys: bool) -> Lifespan:
    """Start order: the domains' own things, token keys, consumers, worker; stopped in reverse, engine last."""
    consumers = [with_clock(one) for one in consumers_of(domains)]
    blueprints = [one.jobs for one in domains if one.jobs is not None]

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        settings: ServiceSettings = app.state.settings
        async with AsyncExitStack() as stack:
            stack.push_async_callback(app.state.engine.dispose)
            stack.push_async_callback(app.state.reading_engine.dispose)
            auth = http.ClientCredentials(settings)
            for prepare in (domain.prepare for domain in domains if domain.prepare is not None):
                prepare(app)
            for run in (domain.run for domain in domains if domain.run is not None):
                await stack.enter_async_context(background(run(app)))
            await stack.enter_async_context(background(housekeeping.keep_tidy(app, domains)))
            if follow_keys:
                await stack.enter_async_context(_following_keys(app, auth))
            if settings.run_consumers:
                for consumer in consumers:
                    await stack.enter_async_context(_consuming(app, consumer, auth))
            if settings.metrics_port and (settings.run_worker or settings.run_consumers):
                samples = Samples(app.state.engine, app.state.feeds, watches_archive=app.state.name == "registry")
                await stack.enter_async_context(background(samples.follow()))
            if settings.run_worker and blueprints:
                worker = jobs.build(settings.database_url, blueprints, app.state.name)
                await stack.enter_async_context(background(jobs.work(worker, app.state.engine, app)))
            yield

    return run


@asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@asynccontextmanager
async def _following_keys(app: FastAPI, auth: http.ClientCredentials) -> AsyncIterator[None]:
    settings: ServiceSettings = app.state.settings
    async with (
        http.internal_client(settings.registry_url) as keys,
        http.internal_client(settings.registry_url, auth) as revocations,
        background(app.state.verifier.follow(keys, revocations)),
    ):
        yield


@asynccontextmanager
async def _consuming(app: FastAPI, consumer: Consumer, auth: http.ClientCredentials) -> AsyncIterator[None]:
    settings: ServiceSettings = app.state.settings
    app.state.feeds[consumer.source] = time.monotonic()
    if consumer.source == app.state.name:
        async with background(consumer.run(app.state.engine, None, app.state.feeds)):
            yield
        return
    url: str = getattr(settings, f"{consumer.source}_url")
    async with (
        http.internal_client(url, auth) as client,
        background(consumer.run(app.state.engine, client, app.state.feeds)),
    ):
        yield
