"""The first thing every request meets: path, headers, token, limits – then a service or one of our own pages."""

import re
from dataclasses import dataclass

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway import browser_logins, callers, headers, paths, watching
from gateway.bodies import IncomingBody
from gateway.exchanges import Exchange
from gateway.headers import Heads, Pairs
from gateway.maintenance import Maintenance
from gateway.proxy import OnwardRequest, forward
from gateway.quotas import Quotas
from gateway.refusals import (
    CallerGone,
    GatewayBusy,
    InvalidToken,
    MalformedHeaders,
    MalformedPath,
    UnknownAddress,
    UnknownHost,
)
from gateway.settings import Settings
from gateway.upstreams import Upstreams
from gateway.verification import claims_in
from hosting.tokens import Verifier
from kit.claims import Claims
from kit.problems import MethodNotAllowed, Problem

METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
CALLER = "gateway_caller"
_HOST = re.compile(r"(?P<name>[A-Za-z0-9.\-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and the headers a request made for them carries."""

    claims: Claims | None
    onward: Pairs


class Dispatcher:
    def __init__(
        self, app: ASGIApp, settings: Settings, upstreams: Upstreams, verifier: Verifier, quotas: Quotas
    ) -> None:
        self._app = app
        self._settings = settings
        self._upstreams = upstreams
        self._verifier = verifier
        self._quotas = quotas
        self._maintenance = Maintenance(settings.maintenance_file)
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = Exchange(scope, receive, send)
        try:
            await self._receive(exchange)
        except CallerGone:
            return
        except Problem as problem:
            await self._refuse(exchange, problem)
        except Exception as error:
            log.exception("request.failed", kind=type(error).__name__, request_id=exchange.request_id)
            await self._refuse(exchange, Problem())

    async def _refuse(self, exchange: Exchange, problem: Problem) -> None:
        """Too late for a refusal once an answer has begun: the server then cuts it short."""
        exchange.request_id = exchange.request_id or callers.request_id(None)
        watching.count_refusal(problem)
        if problem.status_code >= 500:  # noqa: PLR2004 # server errors
            log.warning(
                "request.not_served", code=problem.code, request_id=exchange.request_id, cut_short=exchange.started
            )
        if not exchange.started:
            await exchange.refuse(problem)

    async def _receive(self, exchange: Exchange) -> None:
        scope = exchange.scope
        path = paths.checked(scope["raw_path"])
        heads = headers.read(scope["headers"])
        exchange.request_id = callers.request_id(heads.noted.get("x-request-id"))
        exchange.shrink(heads.noted.get("accept-encoding"))
        self._check_host(path, heads.noted.get("host", ""))
        if paths.is_always_open(path):
            await self._app(scope, exchange.receive, exchange.send)
            return
        if self._in_flight >= self._settings.max_in_flight:
            raise GatewayBusy
        self._in_flight += 1
        try:
            await self._pass_on(exchange, path, heads)
        finally:
            self._in_flight -= 1

    def _check_host(self, path: str, host: str) -> None:
        """Every page is for our own names only; a balancer's probe may know us by our number."""
        found = _HOST.fullmatch(host)
        if not found:
            raise MalformedHeaders
        allowed = self._settings.allowed_hosts
        if allowed and path not in paths.PROBES and found["name"].lower() not in allowed:
            raise UnknownHost

    async def _pass_on(self, exchange: Exchange, path: str, heads: Heads) -> None:
        scope, noted = exchange.scope, heads.noted
        exchange.body = IncomingBody(
            exchange.receive,
            length=noted.get("content-length"),
            is_chunked="transfer-encoding" in noted,
            limit=self._settings.max_body_bytes,
            seconds=self._settings.body_seconds,
        )
        exchange.body.refuse_if_announced_too_large()
        if scope["method"] not in METHODS:
            raise MethodNotAllowed
        self._maintenance.refuse_writes(scope["method"])
        caller = await self._identify(exchange, heads)
        service = paths.service_of(path)
        if browser_logins.is_browser_login(path):
            await browser_logins.answer(path, exchange, caller.onward, self._upstreams["registry"])
            return
        if service is None:
            if "%" in path:
                raise UnknownAddress
            scope[CALLER] = caller
            await self._app(scope, exchange.receive, exchange.send)
            return
        request = OnwardRequest(scope["method"], _target(path, scope["query_string"]), caller.onward, exchange.body)
        await forward(request, self._upstreams[service], exchange, seconds=self._settings.total_seconds)

    async def _identify(self, exchange: Exchange, heads: Heads) -> Caller:
        scope, noted = exchange.scope, heads.noted
        peer = scope["client"][0] if scope["client"] else callers.UNKNOWN
        hops, fronts = self._settings.trusted_hops, self._settings.front_proxies
        address = callers.address(peer, noted.get("x-forwarded-for"), hops, fronts)
        claims = await self._claims(noted.get("authorization"), address)
        heads.onward.append(("x-request-id", exchange.request_id))
        heads.onward.extend(callers.forwarding(address, scope["scheme"], noted["host"]))
        return Caller(claims, heads.onward)

    async def _claims(self, authorization: str | None, address: str) -> Claims | None:
        """Counts by subject, and by address for whoever has not proved to be one."""
        if authorization is None:
            await self._quotas.count_address(callers.rate_key(address))
            return None
        try:
            claims = claims_in(authorization, self._verifier)
        except InvalidToken:
            await self._quotas.count_address(callers.rate_key(address))
            raise
        await self._quotas.count_subject(str(claims.subject))
        return claims


def _target(path: str, query: bytes) -> str:
    if not query:
        return path
    try:
        return f"{path}?{query.decode('ascii')}"
    except UnicodeDecodeError as error:
        raise MalformedPath from error
