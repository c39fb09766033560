"""Background work in the same database: a job exists exactly if its transaction committed (architecture D11)."""

from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

_deferring = procrastinate.App(connector=procrastinate.PsycopgConnector())
POLL_SECONDS = 1.0
STUCK_AFTER_SECONDS = 120


def conninfo(database_url: str) -> str:
    return database_url.replace("postgresql+psycopg://", "postgresql://", 1)


async def defer(db: AsyncSession, task: str, *, queueing_lock: str | None = None, **arguments: Any) -> None:
    """Queue `task` (its registered name) in the session's own transaction; arguments must be JSON-ready."""
    raw = await (await db.connection()).get_raw_connection()
    deferrer = _deferring.configure_task(task, connection=raw.driver_connection, queueing_lock=queueing_lock)
    try:
        await deferrer.defer_async(**arguments)
    except AlreadyEnqueued:
        return


def build(database_url: str, blueprint: procrastinate.Blueprint, namespace: str) -> procrastinate.App:
    """Tasks are called `<namespace>:<name>`; the connector has its own small pool, past any pooler."""
    connector = procrastinate.PsycopgConnector(conninfo=conninfo(database_url), min_size=1, max_size=3)
    app = procrastinate.App(connector=connector)
    app.add_tasks_from(blueprint, namespace=namespace)
    return app


async def work(app: procrastinate.App, engine: AsyncEngine, service: Any) -> None:
    """Run jobs until cancelled; tasks find `engine` and `service` (the FastAPI app) in their context."""
    async with app.open_async():
        await sweep(app)
        await app.run_worker_async(
            concurrency=2,
            install_signal_handlers=False,
            fetch_job_polling_interval=POLL_SECONDS,
            additional_context={"engine": engine, "service": service},
            delete_jobs="successful",
        )


async def sweep(app: procrastinate.App) -> int:
    """Jobs left in "doing" by a killed worker run again (procrastinate issue 1518)."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STUCK_AFTER_SECONDS))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
