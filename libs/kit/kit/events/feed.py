"""The feed: CloudEvents batches in commit order, long poll, resumed by (epoch, tx, seq).

Ordering by `seq` alone loses events of slower transactions; so only rows below the oldest running
transaction are served, ordered by transaction first.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, NamedTuple, Self
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, JsonValue, TypeAdapter
from sqlalchemy import Row, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.database import Xid8, app_transaction
from kit.events.log import Event, event_log
from kit.routing import plain_router

BATCH_TYPE = "application/cloudevents-batch+json"
LARGEST_BATCH = 1000
LONGEST_WAIT_SECONDS = 25
LOOK_AGAIN_SECONDS = 0.25
PART = re.compile(r"^[0-9]{1,18}$")


class InvalidPosition(problems.BadRequest):
    code = "invalid-feed-position"
    detail = "事件位置无效,请使用上次返回的 lastEventId"


class Position(NamedTuple):
    """Where a reader stands; opaque to it."""

    epoch: int = 0
    tx: int = 0
    seq: int = 0

    @classmethod
    def parse(cls, value: str) -> Self:
        parts = value.split(".")
        if not value:
            return cls()
        if len(parts) != len(cls._fields) or not all(map(PART.match, parts)):
            raise InvalidPosition
        return cls(*map(int, parts))

    def __str__(self) -> str:
        return f"{self.epoch}.{self.tx}.{self.seq}"


class CloudEvent(BaseModel):
    model_config = ConfigDict(extra="ignore")

    specversion: str = "1.0"
    id: UUID
    source: str
    type: str
    subject: UUID
    time: datetime
    datacontenttype: str = "application/json"
    data: dict[str, JsonValue]
    subjectversion: int
    rootid: UUID | None = None
    path: str | None = None
    actorid: UUID | None = None
    position: str

    def event(self) -> Event:
        state = (self.subjectversion, self.rootid, self.path)
        return Event(self.id, self.type, self.subject, *state, self.time, self.data, self.actorid)


BATCH = TypeAdapter(list[CloudEvent])


async def read(db: AsyncSession, after: Position, limit: int, types: Sequence[str] = ()) -> list[Row[Any]]:
    """Committed events after a position, none of which a later commit could still precede."""
    log = event_log.c
    horizon = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8())
    place = tuple_(log.epoch, log.tx, log.seq)
    start = tuple_(literal(after.epoch), literal(after.tx, Xid8()), literal(after.seq))
    query = select(event_log).where(place > start, log.tx < horizon).order_by(log.epoch, log.tx, log.seq).limit(limit)
    if types:
        query = query.where(log.type.in_(types))
    return list((await db.execute(query)).all())


def as_cloud_event(row: Row[Any], source: str) -> CloudEvent:
    return CloudEvent(
        id=row.id,
        source=f"/liangxin/{source}",
        type=row.type,
        subject=row.subject,
        time=row.time,
        data=row.data,
        subjectversion=row.subject_version,
        rootid=row.root_id,
        path=row.path,
        actorid=row.actor,
        position=str(Position(row.epoch, row.tx, row.seq)),
    )


async def wait_for_events(request: Request, after: Position, limit: int, types: Sequence[str], wait: float) -> Response:
    deadline = time.monotonic() + wait
    while True:
        async with app_transaction(request.app) as db:
            rows = await read(db, after, limit, types)
        if rows or time.monotonic() >= deadline or request.app.state.stopping:
            break
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
    events = [as_cloud_event(row, request.app.state.name) for row in rows]
    headers = {"Last-Event-Id": events[-1].position if events else str(after)}
    return Response(BATCH.dump_json(events, exclude_none=True), media_type=BATCH_TYPE, headers=headers)


router = plain_router("/internal/v1", ["事件"])


@router.get("/events", summary="读取事件(系统内部)", response_class=Response)
async def read_events(
    request: Request,
    after: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=LARGEST_BATCH)] = 500,
    wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT_SECONDS, allow_inf_nan=False)] = 0,
    type: Annotated[list[str], Query(max_length=50)] = [],  # noqa: A002, B006 - the query's name; FastAPI copies it
) -> Response:
    return await wait_for_events(request, Position.parse(after), limit, type, wait)
