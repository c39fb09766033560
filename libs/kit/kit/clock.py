"""The business clock: what policy calls "today" and "now" (architecture D17).

Token expiry, rate limits and logs use real time. Only in demonstration mode may the clock be moved;
otherwise the offset is zero and nothing is read.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import (
    BigInteger,
    Cast,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    SmallInteger,
    Table,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import SHANGHAI, day_of, real_now
from kit.database import Db, metadata

business_clock = Table(
    "business_clock",
    metadata,
    Column("id", SmallInteger, CheckConstraint("id = 1", name="single_row"), primary_key=True),
    Column("offset_seconds", BigInteger, nullable=False),
)


def day_in_shanghai(moment: ColumnElement[Any]) -> Cast[date]:
    """The same day, computed by the database for a column of instants."""
    return cast(func.timezone(SHANGHAI.key, moment), Date)


async def business_now(db: AsyncSession) -> datetime:
    if not db.info.get("demonstration", False):
        return real_now()
    offset = await db.scalar(select(business_clock.c.offset_seconds))
    return real_now() + timedelta(seconds=offset or 0)


async def business_today(db: AsyncSession) -> date:
    return day_of(await business_now(db))


async def set_offset(db: AsyncSession, seconds: int) -> None:
    row = insert(business_clock).values(id=1, offset_seconds=seconds)
    await db.execute(row.on_conflict_do_update(index_elements=["id"], set_={"offset_seconds": seconds}))


async def _now(request: Request, db: Db) -> datetime:
    if "business_now" not in request.scope:
        request.scope["business_now"] = await business_now(db)
    moment: datetime = request.scope["business_now"]
    return moment


async def _today(now: Annotated[datetime, Depends(_now)]) -> date:
    return day_of(now)


Now = Annotated[datetime, Depends(_now)]
Today = Annotated[date, Depends(_today)]
