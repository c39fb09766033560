"""The feed loses nothing and the consumer applies once, whatever order transactions commit in."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import Row, delete, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from structlog.testing import capture_logs

from kit import events
from kit.database import Xid8, transaction
from kit.events import feed
from kit.events.consumer import STARTING_SECONDS, Consumer, feed_cursor, inbox, parked_events
from kit.events.feed import Position
from kit.events.log import Event, event_log
from kit.ids import uuid7
from tests.support.horizon import settle

pytestmark = pytest.mark.anyio
TYPE = "kit.thing.changed.v1"
Rows = Sequence[Row[Any]]
Read = Callable[[AsyncSession, Position, int], Awaitable[Rows]]


@pytest.fixture
async def engine(make_database):
    engine = create_async_engine(make_database("kit").app_url, pool_size=20)
    async with transaction(engine) as db:
        await db.execute(text("CREATE TEMP TABLE IF NOT EXISTS nothing (id int)"))
    yield engine
    await engine.dispose()


@contextlib.asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()


async def record(db: AsyncSession, number: int) -> None:
    await events.append(db, type=TYPE, subject=UUID(int=number), version=1, data={"number": number})


async def numbers_after(
    engine: AsyncEngine, place: Position, limit: int = 100, read: Read = feed.read
) -> tuple[list[int], Position]:
    async with transaction(engine) as db:
        rows = await read(db, place, limit)
    if not rows:
        return [], place
    last = rows[-1]
    return [row.data["number"] for row in rows], Position(last.epoch, last.tx, last.seq)


async def by_number(db: AsyncSession, after: Position, limit: int) -> Rows:
    query = select(event_log).where(event_log.c.seq > after.seq).order_by(event_log.c.seq)
    return (await db.execute(query.limit(limit))).all()


async def by_number_below_the_horizon(db: AsyncSession, after: Position, limit: int) -> Rows:
    horizon = func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8())
    return [row for row in await by_number(db, after, limit) if row.tx < await db.scalar(select(horizon))]


async def by_transaction_without_a_horizon(db: AsyncSession, after: Position, limit: int) -> Rows:
    rows = (await db.execute(select(event_log).order_by(event_log.c.tx, event_log.c.seq))).all()
    return [row for row in rows if (row.tx, row.seq) > (after.tx, after.seq)][:limit]


async def cross(lower: AsyncSession, higher: AsyncSession) -> None:
    """The transaction with the lower id takes the higher number."""
    await lower.execute(select(func.pg_current_xact_id()))
    await record(higher, 1)
    await record(lower, 2)


async def lower_commits_last(engine: AsyncEngine, read: Read) -> list[int]:
    async with AsyncSession(engine) as lower, AsyncSession(engine) as higher:
        await cross(lower, higher)
        await higher.commit()
        early, place = await numbers_after(engine, Position(), read=read)
        await lower.commit()
    await settle(engine)
    return early + (await numbers_after(engine, place, read=read))[0]


async def higher_commits_last(engine: AsyncEngine, read: Read) -> list[int]:
    """Transactions of tests beside this one may hold the horizon back for a moment: it is read until it has passed."""
    early, place = list[int](), Position()
    async with AsyncSession(engine) as lower, AsyncSession(engine) as higher:
        await cross(lower, higher)
        await lower.commit()
        while not early:
            early, place = await numbers_after(engine, place, read=read)
        await higher.commit()
    await settle(engine)
    return early + (await numbers_after(engine, place, read=read))[0]


class TestFeed:
    async def test_serves_a_slow_transaction_that_took_its_number_first(self, engine):
        """Reader by `seq` alone would pass number 1 while it is uncommitted and never see it."""
        async with AsyncSession(engine) as slow, AsyncSession(engine) as fast:
            await record(slow, 1)
            await record(fast, 2)
            await fast.commit()
            seen, place = await numbers_after(engine, Position())
            assert seen == []
            await slow.commit()
        await settle(engine)
        seen, _ = await numbers_after(engine, place)
        assert seen == [1, 2]

    @pytest.mark.parametrize("story", [lower_commits_last, higher_commits_last])
    async def test_loses_nothing_when_ids_and_numbers_of_transactions_cross(self, engine, story):
        assert sorted(await asyncio.wait_for(story(engine, feed.read), 60)) == [1, 2]

    @pytest.mark.parametrize(
        ("story", "read", "seen"),
        [
            (lower_commits_last, by_transaction_without_a_horizon, [1]),
            (higher_commits_last, by_number, [2]),
            (higher_commits_last, by_number_below_the_horizon, [2]),
        ],
    )
    async def test_would_lose_an_event_if_it_read_otherwise(self, engine, story, read, seen):
        """The two stories above tell a right feed from the three wrong ones that look like it."""
        assert await asyncio.wait_for(story(engine, read), 60) == seen

    async def test_loses_nothing_under_sixteen_writers_with_random_delays(self, engine):
        async def write(writer: int) -> None:
            for step in range(15):
                async with AsyncSession(engine) as db:
                    await record(db, writer * 100 + step)
                    await asyncio.sleep(random.random() / 200)
                    await db.commit()

        async def read() -> list[int]:
            found: list[int] = []
            place = Position()
            while len(found) < 16 * 15:
                batch, place = await numbers_after(engine, place, limit=7)
                found += batch
                await asyncio.sleep(0.002)
            return found

        reader = asyncio.create_task(read())
        await asyncio.gather(*(write(writer) for writer in range(16)))
        found = await asyncio.wait_for(reader, 60)
        assert Counter(found) == Counter(writer * 100 + step for writer in range(16) for step in range(15))

    @pytest.mark.parametrize(
        "change", ["UPDATE event_log SET type = 'x'", "DELETE FROM event_log", "TRUNCATE event_log"]
    )
    async def test_cannot_be_changed_by_the_application(self, engine, change):
        async with transaction(engine) as db:
            await record(db, 1)
        with pytest.raises(DBAPIError, match="permission denied"):
            async with transaction(engine) as db:
                await db.execute(text(change))

    @pytest.mark.parametrize("value", ["x", "1.2", "1.2.3.4", "-1.2.3", "1.2.9999999999999999999", "١.1.1"])
    async def test_refuses_a_position_it_never_gave(self, value):
        with pytest.raises(feed.InvalidPosition):
            Position.parse(value)


class TestConsumer:
    def consumer(self, applied: list[int], poison: Collection[int] = ()) -> Consumer:
        async def apply(db: AsyncSession, event: Event) -> None:
            number = event.data["number"]
            if number in poison:
                raise ValueError(number)
            applied.append(number)
            await db.execute(text("SELECT 1"))

        return Consumer("kit", {TYPE: apply})

    async def write(self, engine: AsyncEngine, numbers: range) -> None:
        for number in numbers:
            async with transaction(engine) as db:
                await record(db, number)
        await settle(engine)

    async def test_applies_each_event_once(self, engine):
        await self.write(engine, range(10))
        applied: list[int] = []
        consumer = self.consumer(applied)
        assert await consumer.step(engine, None) == 10
        assert await consumer.step(engine, None) == 0
        assert applied == list(range(10))

    async def test_ignores_an_event_it_has_met_before(self, engine):
        await self.write(engine, range(3))
        applied: list[int] = []
        consumer = self.consumer(applied)
        await consumer.step(engine, None)
        async with transaction(engine) as db:
            await db.execute(delete(feed_cursor))
        await consumer.step(engine, None)
        assert applied == [0, 1, 2]

    async def test_leaves_cursor_and_inbox_when_the_effect_is_lost(self, engine):
        """Killed between effect and cursor: nothing of the batch stands, the next run applies it whole."""
        await self.write(engine, range(3))
        async with transaction(engine) as db:
            rows = await feed.read(db, Position(), 10)
        found = [feed.as_cloud_event(row, "kit") for row in rows]

        class KilledError(BaseException):
            pass

        async def die(db: AsyncSession, event: Event) -> None:
            raise KilledError

        with pytest.raises(KilledError):
            await Consumer("kit", {TYPE: die})._apply(engine, Position(), found)
        applied: list[int] = []
        await self.consumer(applied).step(engine, None)
        assert applied == [0, 1, 2]

    async def test_parks_a_poison_event_and_goes_on(self, engine):
        await self.write(engine, range(4))
        applied: list[int] = []
        await self.consumer(applied, poison={1}).step(engine, None)
        assert applied[-3:] == [0, 2, 3]
        async with transaction(engine) as db:
            assert await db.scalar(select(func.count()).select_from(parked_events)) == 1
        applied.clear()
        assert await self.consumer(applied).replay_parked(engine) == (1, 0)
        assert applied == [1]
        assert await self.consumer(applied).replay_parked(engine) == (0, 0)

    async def test_of_two_replicas_one_works(self, engine):
        await self.write(engine, range(20))
        applied: list[int] = []
        consumer = self.consumer(applied)
        await asyncio.gather(*(consumer.step(engine, None) for _ in range(5)))
        async with transaction(engine) as db:
            assert await db.scalar(select(func.count()).select_from(inbox)) == 20
        assert Counter(applied).most_common(1)[0][1] == 1

    @pytest.mark.parametrize(("silent", "patience"), [(0, 0.9), (STARTING_SECONDS + 1, 20)], ids=["starting", "away"])
    async def test_says_that_a_source_is_away_once_it_had_time_to_start(self, engine, silent, patience):
        state = {"other": time.monotonic() - silent}
        async with httpx2.AsyncClient(base_url="http://127.0.0.1:1", trust_env=False) as client:
            with capture_logs() as lines, contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience), background(Consumer("other", {}).run(engine, client, state)):
                    while not lines:  # noqa: ASYNC110 - a line of a log sets no event
                        await asyncio.sleep(0.02)

        assert [line["event"] for line in lines] == ["consumer.source_unreachable"] * (silent > STARTING_SECONDS)

    async def test_reads_everything_again_after_a_rewind(self, engine):
        await self.write(engine, range(3))
        applied: list[int] = []
        consumer = self.consumer(applied)
        await consumer.step(engine, None)
        await consumer.rewind(engine)
        await consumer.step(engine, None)
        assert applied == [0, 1, 2, 0, 1, 2]


class TestAppend:
    async def test_many_are_one_statement_and_keep_their_order(self, engine):
        rows = [{"type": TYPE, "subject": uuid7(), "version": 1, "data": {"number": n}} for n in range(1200)]
        async with transaction(engine) as db:
            assert await events.append_many(db, rows) == 1200
        await settle(engine)
        seen, _ = await numbers_after(engine, Position(), limit=2000)
        assert seen == list(range(1200))

    async def test_stands_or_falls_with_its_transaction(self, engine):
        async with AsyncSession(engine) as db:
            await record(db, 1)
            await db.rollback()
        async with transaction(engine) as db:
            assert await db.scalar(select(func.count()).select_from(event_log)) == 0
