"""Waiting until what was committed can be read: the feed's horizon spans the whole cluster."""

import asyncio

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from kit.database import Xid8, transaction
from kit.events.log import event_log


async def settle(engine: AsyncEngine) -> None:
    """The horizon spans the cluster: tests beside this one may hold it back for a moment."""
    newest = select(event_log.c.tx).order_by(event_log.c.tx.desc()).limit(1)
    horizon = select(func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8()))
    for _ in range(600):
        async with transaction(engine) as db:
            if (await db.scalar(horizon) or 0) > (await db.scalar(newest) or 0):
                return
        await asyncio.sleep(0.05)
    raise TimeoutError("the horizon did not move")
