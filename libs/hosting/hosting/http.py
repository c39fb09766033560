"""HTTP between our own processes: deadlines always, a client-credential token fetched and renewed by itself."""

import asyncio
import time
from collections.abc import AsyncGenerator

import httpx2

from hosting.settings import ServiceSettings

DEADLINES = httpx2.Timeout(connect=2.0, read=35.0, write=5.0, pool=2.0)
RENEW_BEFORE_SECONDS = 60


class ClientCredentials(httpx2.Auth):
    """OAuth 2.0 client credentials against registry's token endpoint (architecture D8)."""

    def __init__(self, settings: ServiceSettings) -> None:
        self._settings = settings
        self._token = ""
        self._expires_at = 0.0
        self._renewal = asyncio.Lock()

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        request.headers["Authorization"] = f"Bearer {await self._current()}"
        answer = yield request
        if answer.status_code == httpx2.codes.UNAUTHORIZED:
            self._expires_at = 0.0

    async def _current(self) -> str:
        async with self._renewal:
            if time.monotonic() > self._expires_at:
                await self._fetch()
            return self._token

    async def _fetch(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret(),
        }
        async with httpx2.AsyncClient(base_url=self._settings.registry_url, timeout=DEADLINES, trust_env=False) as http:
            answer = await http.post("/api/v1/registry/tokens", data=form)
        answer.raise_for_status()
        body = answer.json()
        self._token = body["access_token"]
        self._expires_at = time.monotonic() + body["expires_in"] - RENEW_BEFORE_SECONDS


def internal_client(base_url: str, auth: httpx2.Auth | None = None) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=base_url, auth=auth, timeout=DEADLINES, trust_env=False)
