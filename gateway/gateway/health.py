"""Alive, ready, and how the services behind the door are."""

import asyncio
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from gateway.refusals import ServiceTimedOut, ServiceUnreachable
from gateway.upstreams import Upstream, Upstreams
from hosting.tokens import Verifier
from kit.clock import clock_check
from kit.edge import Schema

REUSED_SECONDS = 1.0
OK, UNAVAILABLE = 200, 503
State = Literal["ok", "unready", "unreachable"]
router = APIRouter(tags=["运行状态"])


class Liveness(Schema):
    status: Literal["ok"] = "ok"


class VersionRead(Schema):
    service: str = Field(title="服务")
    version: str = Field(title="版本")


class Readiness(Schema):
    status: Literal["ok", "unready"]
    checks: dict[str, str] = Field(title="各项检查")


class ServiceHealth(Schema):
    state: State = Field(title="状态")
    is_suspended: bool = Field(title="是否已暂停转发")


class Health(Schema):
    status: Literal["ok", "degraded", "down"] = Field(title="总体状态")
    services: dict[str, ServiceHealth] = Field(title="各项服务")


class HealthBoard:
    """Asks every service at most once a second, however often it is looked at."""

    def __init__(self, upstreams: Upstreams, seconds: float) -> None:
        self._upstreams = upstreams
        self._seconds = seconds
        self._read_at = -REUSED_SECONDS
        self._health = Health(status="down", services={})
        self.clocks: dict[str, str] = {}
        self._reading = asyncio.Lock()

    async def current(self) -> Health:
        async with self._reading:
            if time.monotonic() - self._read_at >= REUSED_SECONDS:
                self._health = await self._read()
                self._read_at = time.monotonic()
        return self._health

    async def _read(self) -> Health:
        states = await asyncio.gather(*(self._state(upstream) for upstream in self._upstreams.values()))
        services = {
            name: ServiceHealth(state=state, is_suspended=self._upstreams[name].breaker.is_open)
            for name, state in zip(self._upstreams, states, strict=True)
        }
        ready = sum(state == "ok" for state in states)
        status: Literal["ok", "degraded", "down"] = "down"
        if ready:
            status = "ok" if ready == len(states) else "degraded"
        return Health(status=status, services=services)

    async def _state(self, upstream: Upstream) -> State:
        """Past the breaker: looking must neither wait for it nor teach it."""
        try:
            before = time.time()
            async with asyncio.timeout(self._seconds), upstream.answer("GET", "/readyz", []) as response:
                self._compare_clocks(upstream.name, before, response.headers.get("date") or "")
                return "ok" if response.status == OK else "unready"
        except (TimeoutError, ServiceTimedOut, ServiceUnreachable):
            self.clocks.pop(upstream.name, None)
            return "unreachable"

    def _compare_clocks(self, name: str, before: float, said: str) -> None:
        with suppress(ValueError):
            self.clocks[name] = clock_check(before, parsedate_to_datetime(said).timestamp(), time.time())

    @property
    def clock(self) -> str:
        """Ours is wrong where every service says so; a service's own is its own matter."""
        found = list(self.clocks.values())
        return found[0] if found and "ok" not in found else "ok"


@router.get("/version", summary="版本")
async def show_version() -> VersionRead:
    return VersionRead(service="gateway", version=version("liangxin-gateway"))


@router.get("/livez", summary="是否存活")
async def livez() -> Liveness:
    return Liveness()


@router.get("/readyz", summary="是否可以接受请求", responses={UNAVAILABLE: {"model": Readiness}})
async def readyz(request: Request, response: Response) -> Readiness:
    """Tokens can be checked, by a clock that agrees with the others, and one service at least is there."""
    verifier: Verifier = request.app.state.verifier
    board: HealthBoard = request.app.state.health
    services = (await board.current()).services
    checks = {"keys": "ok" if verifier.keys.keys else "missing", "clock": board.clock}
    checks |= {name: service.state for name, service in services.items()}
    has_service = any(service.state == "ok" for service in services.values())
    is_ready = checks["keys"] == checks["clock"] == "ok" and has_service
    response.status_code = OK if is_ready else UNAVAILABLE
    return Readiness(status="ok" if is_ready else "unready", checks=checks)


@router.get("/health", summary="各项服务的状态", responses={UNAVAILABLE: {"model": Health}})
async def read_health(request: Request, response: Response) -> Health:
    board: HealthBoard = request.app.state.health
    health = await board.current()
    response.status_code = UNAVAILABLE if health.status == "down" else OK
    return health
