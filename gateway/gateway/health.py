"""Alive, ready, and how the services behind the gateway are."""

import asyncio
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from pydantic import Field
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.response import Response as UpstreamAnswer

from gateway.refusals import ServiceTimedOut, ServiceUnreachable
from gateway.upstreams import Upstream, Upstreams
from hosting.tokens import Verifier
from kit.calendar import clock_check
from kit.edge import LabelledEnum, Schema
from kit.parameters import StrictRoute

REUSED_SECONDS = 1.0
OK, UNAVAILABLE = 200, 503
router = APIRouter(tags=["运行状态"], route_class=StrictRoute)


class State(LabelledEnum):
    """Of one service, as the gateway sees it."""

    OK = "ok", "正常"
    UNREADY = "unready", "尚未就绪"
    UNREACHABLE = "unreachable", "连接不上"


class ReadyState(LabelledEnum):
    OK = "ok", "正常"
    UNREADY = "unready", "尚未就绪"


class OverallState(LabelledEnum):
    OK = "ok", "全部正常"
    DEGRADED = "degraded", "部分不可用"
    DOWN = "down", "全部不可用"


class AliveState(LabelledEnum):
    OK = "ok", "正常"


class Liveness(Schema):
    status: AliveState = Field(default=AliveState.OK, title="状态")


class VersionRead(Schema):
    service: str = Field(title="服务")
    version: str = Field(title="版本")


class Readiness(Schema):
    status: ReadyState = Field(title="状态")
    checks: dict[str, str] = Field(title="各项检查")


class ServiceHealth(Schema):
    state: State = Field(title="状态")
    is_suspended: bool = Field(title="是否已暂停转发")


class Health(Schema):
    status: OverallState = Field(title="总体状态")
    services: dict[str, ServiceHealth] = Field(title="各项服务")


class HealthBoard:
    """Asks every service at most once a second, however often it is looked at."""

    def __init__(self, upstreams: Upstreams, seconds: float) -> None:
        self._upstreams = upstreams
        self._seconds = seconds
        self._read_at = -REUSED_SECONDS
        self._health = Health(status=OverallState.DOWN, services={})
        self.clocks: dict[str, str] = {}
        self.feeds: dict[str, str] = {}
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
        ready = sum(state is State.OK for state in states)
        status = OverallState.DOWN
        if ready:
            status = OverallState.OK if ready == len(states) else OverallState.DEGRADED
        return Health(status=status, services=services)

    async def _state(self, upstream: Upstream) -> State:
        """Past the breaker: looking must neither wait for it nor teach it."""
        try:
            before = time.time()
            async with asyncio.timeout(self._seconds), upstream.answer("GET", "/readyz", []) as response:
                self._compare_clocks(upstream.name, before, response.headers.get("date") or "")
                await self._note_feed(upstream.name, response)
                return State.OK if response.status == OK else State.UNREADY
        except (TimeoutError, ServiceTimedOut, ServiceUnreachable):
            self.clocks.pop(upstream.name, None)
            self.feeds.pop(upstream.name, None)
            return State.UNREACHABLE

    def _compare_clocks(self, name: str, before: float, said: str) -> None:
        with suppress(ValueError):
            self.clocks[name] = clock_check(before, parsedate_to_datetime(said).timestamp(), time.time())

    async def _note_feed(self, name: str, response: UpstreamAnswer) -> None:
        """For how long its events stand still; who holds them up is said inside only."""
        with suppress(PyreqwestError, AttributeError):
            checks = (await response.json()).get("checks", {})
            self.feeds[name] = str(checks.get("feed_horizon", "ok")).partition(" by ")[0]

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
    checks |= {f"feed_{name}": state for name, state in board.feeds.items() if state != "ok"}
    has_service = any(service.state is State.OK for service in services.values())
    is_ready = checks["keys"] == checks["clock"] == "ok" and has_service
    response.status_code = OK if is_ready else UNAVAILABLE
    return Readiness(status=ReadyState.OK if is_ready else ReadyState.UNREADY, checks=checks)


@router.get("/health", summary="各项服务的状态", responses={UNAVAILABLE: {"model": Health}})
async def read_health(request: Request, response: Response) -> Health:
    board: HealthBoard = request.app.state.health
    health = await board.current()
    response.status_code = UNAVAILABLE if health.status is OverallState.DOWN else OK
    return health
