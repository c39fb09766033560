"""A connection pool that says how long its callers waited."""

from time import perf_counter

from opentelemetry import metrics
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

WAITS = metrics.get_meter("observing").create_histogram(
    "liangxin.database.pool.wait",
    unit="s",
    explicit_bucket_boundaries_advisory=(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0),
)


class WritingPool(AsyncAdaptedQueuePool):
    name = "writing"

    def _do_get(self) -> ConnectionPoolEntry:
        started = perf_counter()
        try:
            return super()._do_get()
        finally:
            WAITS.record(perf_counter() - started, {"pool": self.name})


class ReadingPool(WritingPool):
    name = "reading"
