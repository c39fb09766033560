"""One engine a service for what it writes, and one for what it only reads."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from hosting.settings import ServiceSettings
from observing.pools import ReadingPool, WritingPool

SESSION_LIMITS = (
    "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"
)


def create_engine(settings: ServiceSettings, *, reads_only: bool = False) -> AsyncEngine:
    """`reads_only`: each statement by itself, without BEGIN and COMMIT around it, and none of them may write."""
    modes = f" -c default_transaction_read_only={reads_only:d} -c liangxin.demonstration={settings.demonstration:d}"
    return create_async_engine(
        settings.database_url,
        poolclass=ReadingPool if reads_only else WritingPool,
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=1.0,
        hide_parameters=True,
        pool_recycle=1800,
        connect_args={"options": SESSION_LIMITS + modes, "connect_timeout": 5},
        isolation_level="AUTOCOMMIT" if reads_only else "READ COMMITTED",
        skip_autocommit_rollback=reads_only,
    )
