"""Reading another service's events (or our own) into this one, exactly once in effect.

Event, inbox row and cursor are one transaction; an advisory lock keeps replicas from working side by
side; an event that cannot be applied is parked and replayed later, so one poison event stops nothing.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2
import structlog
from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid, delete, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from kit.database import metadata, transaction
from kit.events import feed
from kit.events.feed import BATCH, CloudEvent, Position
from kit.events.log import Event

BATCH_SIZE = 500
WAIT_SECONDS = 20.0
RETRY_SECONDS, STARTING_SECONDS = 1.0, 10.0
OWN_LOG_SECONDS = 0.25
log = structlog.get_logger()
Handler = Callable[[AsyncSession, Event], Awaitable[None]]

inbox = Table(
    "inbox",
    metadata,
    Column("source", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("applied_at", DateTime(timezone=True), nullable=False, server_default=func.now(), index=True),
)
feed_cursor = Table(
    "feed_cursor",
    metadata,
    Column("source", Text, primary_key=True),
    Column("position", Text, nullable=False),
    Column("moved_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
parked_events = Table(
    "parked_events",
    metadata,
    Column("source", Text, primary_key=True),
    Column("event_id", Uuid, primary_key=True),
    Column("event", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="1"),
    Column("parked_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


@dataclass(frozen=True)
class Consumer:
    """`source` names the service read from; its own name reads the own log without HTTP.

    `state` is shared with readiness: when the feed was last read to its end.
    """

    source: str
    handlers: Mapping[str, Handler]

    async def run(self, engine: AsyncEngine, client: httpx2.AsyncClient | None, state: dict[str, float]) -> None:
        """Follow the feed until cancelled."""
        while True:
            try:
                moved = await self.step(engine, client, WAIT_SECONDS)
                if moved < BATCH_SIZE:
                    state[self.source] = time.monotonic()
                if not moved and client is None:
                    await asyncio.sleep(OWN_LOG_SECONDS)
            except (httpx2.HTTPError, DBAPIError, TimeoutError, OSError) as error:
                if time.monotonic() - state.get(self.source, 0.0) > STARTING_SECONDS:
                    log.warning("consumer.source_unreachable", source=self.source, reason=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def step(self, engine: AsyncEngine, client: httpx2.AsyncClient | None, wait: float = 0) -> int:
        """Apply the next batch; the number of events it held."""
        async with transaction(engine) as db:
            position = await self._position(db)
            events = await self._read_own(db, position) if client is None else []
        if client is not None:
            events = await self._fetch(client, position, wait)
        if not events:
            return 0
        try:
            await self._apply(engine, position, events)
        except (httpx2.HTTPError, OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the feed goes on
            log.warning("consumer.batch_failed", source=self.source, reason=type(error).__name__)
            await self._apply_one_by_one(engine, position, events)
        return len(events)

    async def _position(self, db: AsyncSession) -> Position:
        found = await db.scalar(select(feed_cursor.c.position).where(feed_cursor.c.source == self.source))
        return Position.parse(found or "")

    async def _read_own(self, db: AsyncSession, position: Position) -> list[CloudEvent]:
        rows = await feed.read(db, position, BATCH_SIZE, tuple(self.handlers))
        return [feed.as_cloud_event(row, self.source) for row in rows]

    async def _fetch(self, client: httpx2.AsyncClient, position: Position, wait: float) -> list[CloudEvent]:
        query: dict[str, Any] = {"after": str(position), "limit": BATCH_SIZE, "wait": wait, "type": list(self.handlers)}
        answer = await client.get("/internal/v1/events", params=query)
        answer.raise_for_status()
        return BATCH.validate_json(answer.content)

    async def _apply(self, engine: AsyncEngine, position: Position, events: Sequence[CloudEvent]) -> None:
        async with transaction(engine) as db:
            if not await self._may_move(db, position):
                return
            fresh = await self._claim(db, events)
            for event in events:
                if event.id in fresh:
                    await self.handlers[event.type](db, event.event())
            await self._move(db, events[-1].position)

    async def _apply_one_by_one(self, engine: AsyncEngine, position: Position, events: Sequence[CloudEvent]) -> None:
        for event in events:
            try:
                await self._apply(engine, position, [event])
            except (httpx2.HTTPError, OperationalError):
                raise
            except Exception as error:  # noqa: BLE001 - parked with its reason, for people to look at
                await self._park(engine, position, event, type(error).__name__)
            position = Position.parse(event.position)

    async def _may_move(self, db: AsyncSession, position: Position) -> bool:
        """Another replica that holds the lock, or moved the cursor meanwhile, has done the work."""
        lock = await db.scalar(select(func.pg_try_advisory_xact_lock(func.hashtextextended(f"feed:{self.source}", 0))))
        return bool(lock) and await self._position(db) == position

    async def _claim(self, db: AsyncSession, events: Sequence[CloudEvent]) -> set[Any]:
        rows = [{"source": self.source, "event_id": event.id} for event in events]
        taken = await db.execute(insert(inbox).values(rows).on_conflict_do_nothing().returning(inbox.c.event_id))
        return set(taken.scalars())

    async def _move(self, db: AsyncSession, position: str) -> None:
        row = insert(feed_cursor).values(source=self.source, position=position)
        await db.execute(
            row.on_conflict_do_update(index_elements=["source"], set_={"position": position, "moved_at": func.now()})
        )

    async def _park(self, engine: AsyncEngine, position: Position, event: CloudEvent, reason: str) -> None:
        log.error("consumer.event_parked", source=self.source, event_id=str(event.id), type=event.type, reason=reason)
        async with transaction(engine) as db:
            if not await self._may_move(db, position):
                return
            row = insert(parked_events).values(
                source=self.source, event_id=event.id, event=event.model_dump(mode="json"), reason=reason
            )
            await db.execute(
                row.on_conflict_do_update(
                    index_elements=["source", "event_id"],
                    set_={"tries": parked_events.c.tries + 1, "reason": reason, "parked_at": func.now()},
                )
            )
            await self._move(db, event.position)

    async def replay_parked(self, engine: AsyncEngine) -> tuple[int, int]:
        """Try every parked event again; how many went through and how many stay."""
        async with transaction(engine) as db:
            query = select(parked_events.c.event).where(parked_events.c.source == self.source)
            waiting = list(await db.scalars(query.order_by(parked_events.c.parked_at)))
        done = 0
        for stored in waiting:
            event = CloudEvent.model_validate(stored)
            try:
                async with transaction(engine) as db:
                    if await self._claim(db, [event]):
                        await self.handlers[event.type](db, event.event())
                    here = (parked_events.c.source == self.source) & (parked_events.c.event_id == event.id)
                    await db.execute(delete(parked_events).where(here))
                done += 1
            except Exception as error:  # noqa: BLE001 - it stays parked, with the reason logged
                log.warning("consumer.still_parked", event_id=str(event.id), reason=type(error).__name__)
        return done, len(waiting) - done

    async def rewind(self, engine: AsyncEngine) -> None:
        """Forget position and inbox: the whole feed is applied again (handlers are idempotent)."""
        async with transaction(engine) as db:
            await db.execute(text("DELETE FROM inbox WHERE source = :source"), {"source": self.source})
            await self._move(db, str(Position()))
