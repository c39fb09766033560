"""The one way deploy and demo speak HTTP: people at the public interface, and a question that is asked once.

Generators of load and what counts failures have their own: here a busy service is waited for.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import uuid4

import httpx2

REGISTRY = "/api/v1/registry"
UNAUTHENTICATED, TOO_MANY, UNAVAILABLE = 401, 429, 503
FIRST_FAILURE = 400
MOST_TRIES, LONGEST_PAUSE = 20, 5.0
CALL_SECONDS, LOOK_SECONDS = 60.0, 5.0


class UnansweredError(Exception):
    """Nobody was there, or what came is no JSON."""


def ask(url: str, *, seconds: float = LOOK_SECONDS, **query: Any) -> Any:
    """The JSON of one answer, whatever its status; asked once."""
    try:
        return httpx2.get(url, params=query, timeout=seconds, trust_env=False).json()
    except (httpx2.HTTPError, ValueError) as error:
        raise UnansweredError(url) from error


def client(address: str, *, seconds: float = CALL_SECONDS) -> httpx2.AsyncClient:
    """For callers at this address, past any proxy."""
    return httpx2.AsyncClient(base_url=address, timeout=seconds, trust_env=False)


class CallRefusedError(Exception):
    """The service said no; `code` is its own word for why."""

    def __init__(self, call: str, answer: httpx2.Response) -> None:
        is_problem = "problem+json" in answer.headers.get("content-type", "")
        problem: dict[str, Any] = answer.json() if is_problem else {}
        self.status = answer.status_code
        self.code = str(problem.get("code", ""))
        fields = ";".join(f"{field['pointer']} {field['message']}" for field in problem.get("errors") or ())
        super().__init__(f"{call}: {answer.status_code} {problem.get('detail', '')} {fields}".strip())


class Caller:
    """Signs in when needed, again when the access token has ended, and waits when the service is busy.

    With `token` somebody signed in already; with nothing, a stranger.
    """

    def __init__(self, http: httpx2.AsyncClient, username: str = "", password: str = "", *, token: str = "") -> None:
        self._http = http
        self._username, self._password = username, password
        self._token = token

    async def get(self, path: str, **query: Any) -> Any:
        return (await self.request("GET", path, params=query)).json()

    async def every(self, path: str, **query: Any) -> AsyncIterator[Mapping[str, Any]]:
        after: str | None = None
        while True:
            page = await self.get(path, limit=200, **query, **({"after": after} if after else {}))
            for item in page["items"]:
                yield item
            after = page["next"]
            if after is None:
                return

    async def post(self, path: str, body: Mapping[str, Any], *, key: str = "") -> Any:
        return (await self.request("POST", path, key=key, json=body)).json()

    async def request(
        self, method: str, path: str, *, key: str = "", version: int | None = None, **content: Any
    ) -> httpx2.Response:
        """`key` names a POST that may be sent again later; without it each call is a new request."""
        key = key or uuid4().hex
        for attempt in range(MOST_TRIES):
            headers = {"Idempotency-Key": key} if method == "POST" else {}
            if version is not None:
                headers["If-Match"] = f'"{version}"'
            if self._username or self._token:
                headers["Authorization"] = f"Bearer {self._token or await self.sign_in()}"
            answer = await self._send(method, path, headers, content)
            if answer is None or answer.status_code in (TOO_MANY, UNAVAILABLE):
                await asyncio.sleep(_pause(answer))
            elif answer.status_code == UNAUTHENTICATED and self._username and attempt == 0:
                await self.sign_in()
            elif answer.status_code >= FIRST_FAILURE:
                raise CallRefusedError(f"{method} {path}", answer)
            else:
                return answer
        raise TimeoutError(f"{method} {path}: 服务一直没有答复")

    async def sign_in(self) -> str:
        login = {"username": self._username, "password": self._password}
        try:
            answer = await Caller(self._http).request("POST", f"{REGISTRY}/logins", json=login)
        except CallRefusedError as refused:
            refused.add_note(f"用户名 {self._username}")
            raise
        self._token = str(answer.json()["access_token"])
        return self._token

    async def _send(
        self, method: str, path: str, headers: Mapping[str, str], content: Mapping[str, Any]
    ) -> httpx2.Response | None:
        """None when nobody answered: the services may still be starting."""
        try:
            return await self._http.request(method, path, headers=headers, **content)
        except httpx2.TransportError:
            return None


def _pause(answer: httpx2.Response | None) -> float:
    stated = answer.headers.get("retry-after", "") if answer is not None else ""
    return min(float(stated), LONGEST_PAUSE) if stated.isdigit() else 1.0
