"""A restored log loses nothing for a reader who is behind, and nothing for one who is ahead of it."""

from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.launcher.provision import conninfo
from hosting.epochs import begin_epoch
from kit import events
from kit.database import transaction
from kit.events import feed
from kit.events.consumer import Consumer
from kit.events.feed import Position
from kit.events.log import event_log
from tests.support.horizon import settle

pytestmark = pytest.mark.anyio
TYPE = "kit.thing.changed.v1"


@pytest.fixture
def database(make_database):
    return make_database("kit")


@pytest.fixture
async def engine(database):
    engine = create_async_engine(database.app_url)
    yield engine
    await engine.dispose()


async def record(engine, *numbers: int) -> None:
    for number in numbers:
        async with transaction(engine) as db:
            await events.append(db, type=TYPE, subject=UUID(int=number), version=1, data={"number": number})
    await settle(engine)


async def read(engine, place: Position) -> list[int]:
    async with transaction(engine) as db:
        return [row.data["number"] for row in await feed.read(db, place, 100)]


async def last_place(engine) -> Position:
    async with transaction(engine) as db:
        row = (await feed.read(db, Position(), 100))[-1]
    return Position(row.epoch, row.tx, row.seq)


class TestNewEpoch:
    async def test_is_refused_to_the_application(self, database):
        with pytest.raises(DBAPIError, match="permission denied"):
            begin_epoch(database.app_url)

    async def test_begins_with_all_events_in_their_order(self, database, engine):
        await record(engine, 1, 2, 3)

        epoch, moved = begin_epoch(database.owner_url)

        assert moved == 3
        assert await read(engine, Position()) == [1, 2, 3]
        async with transaction(engine) as db:
            assert {tuple(row) for row in await db.execute(select(event_log.c.epoch, event_log.c.tx))} == {(epoch, 0)}

    async def test_continues_for_a_reader_whose_place_the_restore_undid(self, database, engine):
        """The reader had seen transactions that no longer exist; the new ones take the same ids."""
        await record(engine, 1)
        seen = await last_place(engine)
        begin_epoch(database.owner_url)
        await record(engine, 2)

        assert await read(engine, seen._replace(tx=seen.tx + 1_000_000)) == [1, 2]

    async def test_serves_events_that_a_higher_cluster_wrote(self, database, engine):
        """After an import the ids of another cluster lie above the horizon: unserved until the new epoch."""
        await record(engine, 1)
        with psycopg.connect(conninfo(database.owner_url)) as db:
            db.execute("ALTER TABLE event_log DISABLE TRIGGER event_log_append_only")
            db.execute("UPDATE event_log SET tx = '900000000'")
            db.execute("ALTER TABLE event_log ENABLE TRIGGER event_log_append_only")
        assert await read(engine, Position()) == []

        begin_epoch(database.owner_url)

        assert await read(engine, Position()) == [1]

    async def test_lets_a_consumer_apply_each_event_once(self, database, engine):
        applied: list[int] = []

        async def apply(db, event):
            applied.append(event.data["number"])

        consumer = Consumer("kit", {TYPE: apply})
        await record(engine, 1, 2)
        await consumer.step(engine, None)
        begin_epoch(database.owner_url)
        await record(engine, 3)
        while await consumer.step(engine, None):
            pass

        assert applied == [1, 2, 3]

    async def test_never_takes_a_number_twice(self, database):
        first, _ = begin_epoch(database.owner_url)
        second, _ = begin_epoch(database.owner_url)
        assert second == first + 1

    async def test_leaves_the_log_append_only(self, database, engine):
        await record(engine, 1)
        begin_epoch(database.owner_url)
        with psycopg.connect(conninfo(database.owner_url)) as db, pytest.raises(psycopg.Error, match="append-only"):
            db.execute("DELETE FROM event_log")
