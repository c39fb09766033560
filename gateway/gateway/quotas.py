"""How often one subject, or one address without a subject, may ask."""

import math
import time
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from gateway.refusals import RateLimited
from gateway.settings import Settings

MOST_KEYS = 100_000
OWN = "async+bounded:"
SHARED_DEADLINES = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
log = structlog.get_logger()


class BoundedCounters(Storage):
    """Counters of this process. The library's own memory storage walks all of its keys at every hit."""

    STORAGE_SCHEME = ["async+bounded"]  # noqa: RUF012 # declared like this by the base class

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._windows: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        return ValueError

    async def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        count, ends_at = self._windows.get(key, (0, 0.0))
        if ends_at <= now:
            self._windows.pop(key, None)
            self._make_room(now)
            count, ends_at = 0, now + expiry
        self._windows[key] = (count + amount, ends_at)
        return count + amount

    async def get(self, key: str) -> int:
        count, ends_at = self._windows.get(key, (0, 0.0))
        return count if ends_at > time.time() else 0

    async def get_expiry(self, key: str) -> float:
        return self._windows.get(key, (0, time.time()))[1]

    async def check(self) -> bool:
        return True

    async def reset(self) -> int | None:
        count = len(self._windows)
        self._windows.clear()
        return count

    async def clear(self, key: str) -> None:
        self._windows.pop(key, None)

    def _make_room(self, now: float) -> None:
        """Windows stand in the order they began: drop those that ended, and the oldest when full."""
        while self._windows:
            oldest = next(iter(self._windows))
            if self._windows[oldest][1] > now and len(self._windows) < MOST_KEYS:
                return
            del self._windows[oldest]


class Quotas:
    def __init__(self, settings: Settings) -> None:
        shared = {} if settings.rate_storage.startswith(OWN) else SHARED_DEADLINES
        storage = storage_from_string(settings.rate_storage, wrap_exceptions=True, **shared)
        if not isinstance(storage, Storage):
            raise TypeError("GATEWAY_RATE_STORAGE must name an async+… storage")
        self._limiter = FixedWindowRateLimiter(storage)
        self._subject = parse(settings.subject_rate) if settings.subject_rate else None
        self._address = parse(settings.address_rate) if settings.address_rate else None

    async def count_subject(self, subject: str) -> None:
        await self._count(self._subject, "subject", subject)

    async def count_address(self, address: str) -> None:
        await self._count(self._address, "address", address)

    async def _count(self, limit: RateLimitItem | None, kind: str, key: str) -> None:
        """A shared counter that does not answer limits nobody: requests go on."""
        if limit is None:
            return
        try:
            if await self._limiter.hit(limit, kind, key):
                return
            ends_at = (await self._limiter.get_window_stats(limit, kind, key)).reset_time
        except StorageError:
            log.warning("quotas.storage_unreachable")
            return
        raise RateLimited(retry_after=max(1, math.ceil(ends_at - time.time())))
