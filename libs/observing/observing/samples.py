"""What only the database knows, asked for every quarter of a minute by the process that does the background work."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping

import structlog
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from observing.horizon import waiting_seconds

SAMPLE_SECONDS = 15
log = structlog.get_logger()

PARKED = "SELECT source, count(*) FROM parked_events GROUP BY source"
STATUSES = ("todo", "doing", "failed")
JOBS = (
    "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY status"
)
OLDEST_JOB = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(deferred.at)), 0)::float
FROM procrastinate_jobs AS job JOIN procrastinate_events AS deferred
    ON deferred.job_id = job.id AND deferred.type = 'deferred'
WHERE job.status IN ('todo', 'doing') AND coalesce(job.scheduled_at, now()) <= now()
"""
ARCHIVE = """
SELECT extract(epoch FROM clock_timestamp() - last_archived_time)::float, failed_count FROM pg_stat_archiver
WHERE current_setting('archive_mode') <> 'off'
"""


class Samples:
    """`feeds` is the readers' own note of when each source was last read to its end, in monotonic seconds."""

    def __init__(self, engine: AsyncEngine, feeds: Mapping[str, float], *, watches_archive: bool) -> None:
        self._engine = engine
        self._sources = feeds
        self._watches_archive = watches_archive
        self._values: dict[str, list[Observation]] = {}
        meter = metrics.get_meter("observing")
        for name, unit in (
            ("liangxin.feed.parked_events", ""),
            ("liangxin.jobs", ""),
            ("liangxin.job.oldest_age", "s"),
            ("liangxin.event.horizon_age", "s"),
            ("liangxin.archive.age", "s"),
            ("liangxin.archive.failures", ""),
        ):
            meter.create_observable_gauge(name, [self._read(name)], unit=unit)
        meter.create_observable_gauge("liangxin.feed.lag", [lambda _: feed_lags(feeds)], unit="s")

    def _read(self, name: str) -> Callable[[CallbackOptions], Iterable[Observation]]:
        return lambda _: self._values.get(name, ())

    async def follow(self) -> None:
        """Until cancelled; the last values stay where the database does not answer."""
        while True:
            try:
                async with self._engine.connect() as db:
                    self._values = await self.taken(db)
            except (SQLAlchemyError, OSError) as error:
                log.warning("samples.not_taken", reason=type(error).__name__)
            await asyncio.sleep(SAMPLE_SECONDS)

    async def taken(self, db: AsyncConnection) -> dict[str, list[Observation]]:
        values = {
            "liangxin.feed.parked_events": await _counted(db, PARKED, "source", self._sources),
            "liangxin.event.horizon_age": [Observation(await waiting_seconds(db))],
        }
        if (await db.execute(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL"))).scalar_one():
            values["liangxin.jobs"] = await _counted(db, JOBS, "status", STATUSES)
            values["liangxin.job.oldest_age"] = [Observation((await db.execute(text(OLDEST_JOB))).scalar_one())]
        archive = (await db.execute(text(ARCHIVE))).one_or_none() if self._watches_archive else None
        if archive is not None:
            values["liangxin.archive.failures"] = [Observation(archive[1])]
            if archive[0] is not None:
                values["liangxin.archive.age"] = [Observation(archive[0])]
        return values


async def _counted(db: AsyncConnection, query: str, label: str, known: Iterable[str]) -> list[Observation]:
    """What is known and not found counts as none, so that a series is there before anything is wrong."""
    counts = dict.fromkeys(known, 0)
    for key, count in await db.execute(text(query)):
        counts[key] = count
    return [Observation(count, {label: value}) for value, count in counts.items()]


def feed_lags(feeds: Mapping[str, float]) -> list[Observation]:
    return [Observation(time.monotonic() - read_at, {"source": source}) for source, read_at in feeds.items()]
