from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import SHANGHAI, day_of, real_now
from kit.clock import business_now, set_offset
from records.events import record_event
from registry.exchange.clock.events import ClockMoved
from registry.exchange.clock.schemas import ClockRead
from registry.identity.authorities.service import revoke_turning
from registry.settings import Settings

THE_CLOCK = UUID(int=1)


class ClockFixed(problems.Conflict):
    code = "clock-fixed"
    detail = "只有演示环境可以拨动业务时间"


async def read_clock(db: AsyncSession, *, settings: Settings) -> ClockRead:
    return _read(await business_now(db), settings)


async def move_clock(db: AsyncSession, to: datetime, *, actor: Actor, settings: Settings) -> ClockRead:
    """The event carries the offset to every service; two movers wait for each other."""
    if not settings.demonstration:
        raise ClockFixed
    await db.execute(text("LOCK TABLE business_clock IN SHARE ROW EXCLUSIVE MODE"))
    before = await business_now(db)
    moment = real_now()
    offset = round((to - moment).total_seconds())
    await set_offset(db, offset)
    await revoke_turning(db, after=day_of(before), until=day_of(to))
    moved = ClockMoved(offset_seconds=offset)
    await record_event(db, moved, subject=THE_CLOCK, version=int(moment.timestamp() * 1_000_000), actor=actor)
    return _read(await business_now(db), settings)


def _read(now: datetime, settings: Settings) -> ClockRead:
    return ClockRead(
        now=now.astimezone(SHANGHAI),
        today=day_of(now),
        offset_seconds=round((now - real_now()).total_seconds()),
        is_movable=settings.demonstration,
    )
