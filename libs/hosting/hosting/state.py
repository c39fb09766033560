"""What an operator asks of a service's database, so that nobody else has to know its tables."""

from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from kit.clock import business_clock
from kit.database import transaction
from kit.events.consumer import parked_events
from kit.events.log import event_log


async def state_of(engine: AsyncEngine) -> dict[str, Any]:
    """`revision` of its structure, `clock_offset_seconds`, number of `parked_events`, `newest_event_at`."""
    async with transaction(engine) as db:
        newest = await db.scalar(select(func.max(event_log.c.time)))
        return {
            "revision": await db.scalar(text("SELECT version_num FROM alembic_version")),
            "clock_offset_seconds": await db.scalar(select(business_clock.c.offset_seconds)) or 0,
            "parked_events": await db.scalar(select(func.count()).select_from(parked_events)),
            "newest_event_at": newest and newest.timestamp(),
        }
