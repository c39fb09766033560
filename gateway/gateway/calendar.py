"""The business day (architecture D17), so that every service is asked about the same one."""

import asyncio
import time
from datetime import date, timedelta

from gateway.headers import Pairs
from gateway.parts import ask
from gateway.upstreams import Upstream
from kit.calendar import day_of, real_now

REUSED_SECONDS = 1.0
CLOCK = "/api/v1/registry/clock"


class Calendar:
    """Registry's clock, asked for as the caller; while registry is away its last known offset holds."""

    def __init__(self, registry: Upstream, *, patience: float) -> None:
        self._registry = registry
        self._patience = patience
        self._offset = timedelta(0)
        self._read_at = -REUSED_SECONDS

    async def today(self, headers: Pairs) -> date:
        if time.monotonic() - self._read_at >= REUSED_SECONDS:
            await self._read(headers)
        return day_of(real_now() + self._offset)

    async def _read(self, headers: Pairs) -> None:
        deadline = asyncio.get_running_loop().time() + self._patience
        answer = await ask(self._registry, CLOCK, headers, deadline=deadline)
        if isinstance(answer, dict) and isinstance(answer.get("offset_seconds"), int):
            self._offset = timedelta(seconds=answer["offset_seconds"])
            self._read_at = time.monotonic()
