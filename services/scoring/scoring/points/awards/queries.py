from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from kit.events import Event
from kit.events.log import event_log

FIRST_REVISION = 1


async def told_before(db: AsyncSession, event: Event, types: Sequence[str]) -> list[Event]:
    """Of scoring's own events of these types and the same subject, the newest before the event's revision."""
    told = event_log.c
    revision = func.coalesce(cast(told.data["revision"].astext, Integer), FIRST_REVISION)
    query = (
        select(told.type, told.data)
        .where(told.subject == event.subject, told.type.in_(types), revision < event.data["revision"])
        .ext(distinct_on(told.type))
        .order_by(told.type, revision.desc(), told.tx.desc(), told.seq.desc())
    )
    return [replace(event, type=type_, data=data) for type_, data in await db.execute(query)]
