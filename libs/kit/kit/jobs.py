"""Background work in the same database: a job exists exactly if its transaction committed (architecture D11)."""

from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.ext.asyncio import AsyncSession

_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())


async def defer(db: AsyncSession, task: str, *, queueing_lock: str | None = None, **arguments: Any) -> None:
    """Queue `task` (its registered name) in the session's own transaction; arguments must be JSON-ready."""
    raw = await (await db.connection()).get_raw_connection()
    deferrer = _deferring.configure_task(task, connection=raw.driver_connection, queueing_lock=queueing_lock)
    try:
        await deferrer.defer_async(**arguments)
    except AlreadyEnqueued:
        return
