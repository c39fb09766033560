"""People who go on working through the gateway while a release is exchanged under them."""

import asyncio
import ssl
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx2

from demo.district.codes import unit_code
from deploy.calling import FIRST_FAILURE, REGISTRY

Call = Callable[[httpx2.AsyncClient], Awaitable[None]]
PAUSE_SECONDS = 0.01
FIRST_DIVISION, CODES_OF_A_DIVISION = 990100, 10_000


class Callers:
    """Nothing is tried again: what one request answers is counted."""

    def __init__(self, address: str, token: str, jurisdiction_id: str, verify: ssl.SSLContext | bool = True) -> None:
        self._address, self._jurisdiction_id, self._verify = address, jurisdiction_id, verify
        self._headers = {"Authorization": f"Bearer {token}"}
        self._ended = asyncio.Event()
        self._number = 0
        self.acknowledged: list[str] = []
        self.failures: Counter[str] = Counter()
        self.reads = 0
        self.slowest_write = 0.0
        self.longest_pause = 0.0
        self._last_write = 0.0
        self.last_at = 0.0

    async def work(self, writers: int = 3, readers: int = 2, pause: float = PAUSE_SECONDS) -> None:
        async with httpx2.AsyncClient(
            base_url=self._address, headers=self._headers, timeout=30, trust_env=False, verify=self._verify
        ) as http:
            self._last_write = time.monotonic()
            writing = [self._repeat(http, self._write, pause) for _ in range(writers)]
            await asyncio.gather(*writing, *(self._repeat(http, self._read, pause) for _ in range(readers)))

    def end(self) -> None:
        self._ended.set()

    def forget_pauses(self) -> None:
        self.slowest_write = self.longest_pause = 0.0

    async def _repeat(self, http: httpx2.AsyncClient, call: Call, pause: float) -> None:
        while not self._ended.is_set():
            await call(http)
            await asyncio.sleep(pause)

    async def _write(self, http: httpx2.AsyncClient) -> None:
        self._number += 1
        division, sequence = divmod(self._number, CODES_OF_A_DIVISION)
        code = unit_code(str(FIRST_DIVISION + division), "非公企业", sequence)
        body = {
            "code": code, "name": f"演练单位{self._number}", "kind": "non_public_enterprise",
            "counted_from": "2020-01-01", "jurisdiction_id": self._jurisdiction_id,
        }  # fmt: skip
        started = time.monotonic()
        if await self._answered(http, "POST", f"{REGISTRY}/units", json=body, headers={"Idempotency-Key": uuid4().hex}):
            now, self.last_at = time.monotonic(), time.time()
            self.acknowledged.append(code)
            self.slowest_write = max(self.slowest_write, now - started)
            self.longest_pause = max(self.longest_pause, now - self._last_write)
            self._last_write = now

    async def _read(self, http: httpx2.AsyncClient) -> None:
        if await self._answered(http, "GET", f"{REGISTRY}/units", params={"limit": 20}):
            self.reads += 1

    async def _answered(self, http: httpx2.AsyncClient, method: str, path: str, **content: Any) -> bool:
        try:
            answer = await http.request(method, path, **content)
        except httpx2.TransportError as error:
            self.failures[f"{method} {type(error).__name__}"] += 1
            return False
        if answer.status_code >= FIRST_FAILURE:
            self.failures[f"{method} {answer.status_code} {answer.text[:200]}"] += 1
            return False
        return True
