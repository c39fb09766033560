"""Whether a silent service is slow or gone: asked once for everybody who waits for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class Pulse:
    """`ask` is the cheapest question there is; it answers False when the service does not."""

    def __init__(self, ask: Callable[[], Awaitable[bool]], *, doubt_seconds: float) -> None:
        self._ask = ask
        self._doubt_seconds = doubt_seconds
        self._asking: asyncio.Future[bool] | None = None

    async def is_felt(self) -> bool:
        if self._asking is None or self._asking.done():
            self._asking = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._asking)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Wait as long as the service is alive: TimeoutError soon after it no longer is."""
        loop = asyncio.get_running_loop()
        timers: list[asyncio.TimerHandle] = []
        doubts: list[asyncio.Task[None]] = []
        async with asyncio.timeout(None) as patience:

            async def doubt() -> None:
                if await self.is_felt():
                    begin_to_wait()
                else:
                    patience.reschedule(loop.time())

            def begin_to_wait() -> None:
                timers.append(loop.call_later(self._doubt_seconds, begin_to_doubt))

            def begin_to_doubt() -> None:
                doubts.append(loop.create_task(doubt()))

            begin_to_wait()
            try:
                yield
            finally:
                for timer in timers:
                    timer.cancel()
                for task in doubts:
                    task.cancel()
