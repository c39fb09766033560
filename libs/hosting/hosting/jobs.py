"""The worker that runs a service's jobs, queued by `kit.jobs` in the same database (architecture D11)."""

import asyncio
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import procrastinate
import psycopg
import structlog
from procrastinate.exceptions import ConnectorException
from sqlalchemy.ext.asyncio import AsyncEngine

POLL_SECONDS = 1.0
RETRY_SECONDS = 1.0
HEARTBEAT_SECONDS, STUCK_AFTER_SECONDS, SWEEP_SECONDS = 5.0, 30.0, 10.0
log = structlog.get_logger()


def conninfo(database_url: str) -> str:
    return database_url.replace("postgresql+psycopg://", "postgresql://", 1)


def build(database_url: str, blueprints: Sequence[procrastinate.Blueprint], namespace: str) -> procrastinate.App:
    """Tasks are called `<namespace>:<name>`; the connector has its own small pool, past any pooler.

    Adding tasks renames them where they are, so every application of a process adds a copy, with what is due regularly.
    """
    connector = procrastinate.PsycopgConnector(conninfo=conninfo(database_url), min_size=1, max_size=3)
    app = procrastinate.App(connector=connector)
    for blueprint in blueprints:
        app.add_tasks_from(deepcopy(blueprint), namespace=namespace)
    return app


async def work(app: procrastinate.App, engine: AsyncEngine, service: Any) -> None:
    """Run jobs until cancelled, again and again when the database goes away in the middle.

    Tasks find `engine` and `service` (the FastAPI app) in their context.
    """
    while True:
        try:
            async with app.open_async(), asyncio.TaskGroup() as group:
                group.create_task(keep_sweeping(app))
                group.create_task(app.run_worker_async(
                    concurrency=2, install_signal_handlers=False, delete_jobs="successful",
                    fetch_job_polling_interval=POLL_SECONDS, update_heartbeat_interval=HEARTBEAT_SECONDS,
                    additional_context={"engine": engine, "service": service},
                ))  # fmt: skip
        except* (ConnectorException, psycopg.Error, OSError) as errors:
            log.warning("worker.database_unreachable", reason=type(errors.exceptions[0]).__name__)
            await asyncio.sleep(RETRY_SECONDS)


async def keep_sweeping(app: procrastinate.App) -> None:
    """Until cancelled: what a killed worker left in "doing" is queued again (procrastinate issue 1518)."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STUCK_AFTER_SECONDS):
            await app.job_manager.retry_job(job)
        await asyncio.sleep(SWEEP_SECONDS)
