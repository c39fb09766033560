"""The gateway, put together."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from describing.answers import RESPONSES
from describing.application import DescribedApp, describe
from gateway import audit, composed, console, documentation, health, refusals, watching
from gateway.calendar import Calendar
from gateway.dispatching import METHODS, Dispatcher
from gateway.quotas import Quotas
from gateway.settings import Settings
from gateway.upstreams import Upstreams
from gateway.verification import following_registry
from hosting.tokens import Verifier
from kit import problems
from kit.permissions import read_rules
from observing import logs
from observing.requests import Observed

PACKAGE = Path(__file__).parent
RULES = read_rules(PACKAGE / "access.csv")


class GatewayApp(DescribedApp):
    """FastAPI for our own pages; the dispatcher takes every request first, outside FastAPI's costly layers."""

    dispatcher: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.dispatcher if scope["type"] == "http" else self.own_pages
        await answer(scope, receive, send)

    async def own_pages(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)


def create_app(settings: Settings | None = None, verifier: Verifier | None = None) -> FastAPI:
    """A `verifier` given from outside keeps its keys: registry is not polled for them (tests)."""
    settings = settings or Settings()
    logs.configure("gateway", settings.log_level)
    upstreams = Upstreams.of(settings)
    follows = verifier is None
    verifier = verifier or Verifier(settings.issuer)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Pools first, then registry's keys; closed in reverse."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(upstreams.opened())
            if follows:
                await stack.enter_async_context(following_registry(verifier, settings))
            yield

    app = GatewayApp(
        title="两新党建 · 接口文档",
        description=documentation.CONVENTIONS,
        version="1",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
        responses=RESPONSES,
        lifespan=lifespan,
        telemetry={"logs": False, "metrics": False, "tracing": False},  # the dispatcher is watched in their place
    )
    app.state.settings = settings
    app.state.upstreams = upstreams
    app.state.verifier = verifier
    app.state.health = health.HealthBoard(upstreams, settings.health_seconds)
    app.state.calendar = Calendar(upstreams["registry"], patience=settings.compose_seconds / 3)
    app.state.documents = documentation.Library(
        app, upstreams, seconds=settings.documentation_seconds, patience=settings.compose_seconds
    )
    problems.install(app)
    include_own_pages(app, settings)
    describe(app, RULES, {}, refusals.everywhere(), played=PACKAGE / "examples.json")
    dispatcher: ASGIApp = Dispatcher(app.own_pages, settings, upstreams, verifier, Quotas(settings))
    if settings.cors_origins:
        dispatcher = open_to_pages_of(settings.cors_origins, dispatcher)
    watching.show_breakers(upstreams)
    is_watched = settings.metrics_port or settings.otlp_url
    app.dispatcher = Observed(dispatcher, watching.route_of) if is_watched else dispatcher
    return app


def include_own_pages(app: FastAPI, settings: Settings) -> None:
    for part in (composed, audit, health):
        app.include_router(part.router)
    documentation.install(app)
    console.install(app, settings)


def open_to_pages_of(origins: Sequence[str], dispatcher: ASGIApp) -> ASGIApp:
    """Tokens travel in a header that pages set themselves: no cookie, so no credentials to share."""
    return CORSMiddleware(
        dispatcher,
        allow_origins=origins,
        allow_methods=sorted(METHODS),
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID"],
        expose_headers=["Content-Disposition", "ETag", "Idempotent-Replay", "Location", "Retry-After", "X-Request-ID"],
    )


def operation_id(route: APIRoute) -> str:
    return route.name
