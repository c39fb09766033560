"""Logins of browsers: the refresh token stays in a cookie that no script can read; registry does everything else.

The caller's body goes on unread, as everywhere. Only pages of our own origin are answered: a browser names the origin
of the asking page by itself, and no page can write another one.
"""

import json
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.types import Scope

from gateway.exchanges import Exchange
from gateway.headers import Pairs, RawPairs
from gateway.refusals import ServiceAnswerBroken, UnknownAddress
from gateway.upstreams import Upstream, named_failures
from kit import problems

PREFIX = "/api/v1/browser/logins"
REGISTRY = "/api/v1/registry/logins"
TARGETS = {
    "": ("POST", REGISTRY),
    "/refresh": ("POST", f"{REGISTRY}/refresh"),
    "/current": ("DELETE", f"{REGISTRY}/current"),
}
COOKIE, SECURE_COOKIE = "liangxin-login", "__Host-liangxin-login"
SAME_ORIGIN = frozenset(("", "same-origin"))
UNWANTED = frozenset(("content-type", "accept-encoding", "origin", "referer"))


class ForeignPage(problems.Forbidden):
    code = "foreign-page"
    detail = "只有本系统自己的页面可以这样登录;程序请用 /api/v1/registry/logins"


class NotSignedIn(problems.Unauthenticated):
    code = "not-signed-in"
    detail = "尚未登录或登录已失效,请重新登录"


@dataclass(frozen=True, slots=True)
class Browser:
    """What only a browser sends, and nobody behind the gateway sees."""

    is_secure: bool
    refresh_token: str | None

    @classmethod
    def of(cls, scope: Scope) -> "Browser":
        given = {name: value.decode("latin-1") for name, value in scope["headers"]}
        scheme, _, host = given.get(b"origin", "").partition("://")
        is_ours = scheme in ("http", "https") and host.lower() == given[b"host"].lower()
        if not is_ours or given.get(b"sec-fetch-site", "") not in SAME_ORIGIN:
            raise ForeignPage
        is_secure = scheme == "https"
        return cls(is_secure, _cookie(given.get(b"cookie", ""), SECURE_COOKIE if is_secure else COOKIE))

    def keeping(self, refresh_token: str) -> tuple[bytes, bytes]:
        """Until the browser is closed; an empty token forgets it at once."""
        name, secure = (SECURE_COOKIE, "; Secure") if self.is_secure else (COOKIE, "")
        ending = "" if refresh_token else "; Max-Age=0"
        return b"set-cookie", f"{name}={refresh_token}; Path=/; HttpOnly; SameSite=Strict{secure}{ending}".encode(
            "ascii"
        )


def _cookie(header: str, name: str) -> str | None:
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None


def is_browser_login(path: str) -> bool:
    return path.startswith(PREFIX)


async def answer(path: str, exchange: Exchange, onward: Pairs, registry: Upstream) -> None:
    method, target = TARGETS.get(path.removeprefix(PREFIX), ("", ""))
    if not target:
        raise UnknownAddress
    if exchange.scope["method"] != method:
        raise problems.MethodNotAllowed
    browser = Browser.of(exchange.scope)
    content = await _content(target, exchange, browser)
    headers = [pair for pair in onward if pair[0] not in UNWANTED]
    if method == "POST":
        headers.append(("content-type", "application/json"))
    with registry.turn():
        async with registry.answer(method, target, headers, content) as response:
            with named_failures():
                told = bytes(await response.body_reader.bytes())
            await _give_back(response.status, response.headers.items(), told, exchange, browser)


async def _content(target: str, exchange: Exchange, browser: Browser) -> bytes:
    assert exchange.body is not None
    content = await exchange.body.whole_if_small()
    if content is None:
        raise problems.TooLarge
    if not target.endswith("/refresh"):
        return content
    if not browser.refresh_token:
        raise NotSignedIn
    return json.dumps({"refresh_token": browser.refresh_token}).encode()


async def _give_back(status: int, given: Any, told: bytes, exchange: Exchange, browser: Browser) -> None:
    """A refused refresh token is forgotten, except where another tab has just got the next one."""
    headers: RawPairs = [(b"cache-control", b"no-store")]
    headers += [(name.encode(), value.encode()) for name, value in given if name in ("content-type", "retry-after")]
    if status < 300:  # noqa: PLR2004 # successes
        told, token = _without_refresh_token(told) if told else (told, "")
        headers.append(browser.keeping(token))
    elif status == problems.Unauthenticated.status_code:
        headers.append(browser.keeping(""))
    headers.append((b"content-length", str(len(told)).encode("ascii")))
    await exchange.finish({"type": "http.response.start", "status": status, "headers": headers}, told, exchange.body)


def _without_refresh_token(told: bytes) -> tuple[bytes, str]:
    try:
        login = json.loads(told)
        token = login.pop("refresh_token")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ServiceAnswerBroken from error
    return json.dumps(login).encode(), token
