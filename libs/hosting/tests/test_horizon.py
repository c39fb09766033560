"""A forgotten transaction holds up every feed: the probe says since when, and who."""

import asyncio
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from kit.database import transaction
from kit.events import append
from observing import horizon
from tests.support.databases import MakeDatabase
from tests.support.horizon import settle

pytestmark = pytest.mark.anyio


async def state(engine: AsyncEngine) -> tuple[float, str]:
    async with transaction(engine) as db:
        return await horizon.waiting_seconds(db), await horizon.state_of_feed(db)


class TestTheHorizonOfTheFeed:
    async def test_held_by_another_role_is_told_with_its_process(
        self, make_database: MakeDatabase, monkeypatch: Any
    ) -> None:
        """Seen with the rights of the service, which may not read what other sessions do."""
        database = make_database("kit")
        engine = create_async_engine(database.app_url)
        with psycopg.connect(database.owner_url.replace("+psycopg", ""), application_name="forgotten psql") as owner:
            owner.execute("SELECT pg_current_xact_id()")
            holder = owner.info.backend_pid, owner.info.user, owner.info.dbname
            before = await state(engine)
            async with transaction(engine) as db:
                await append(db, type="kit.thing.changed.v1", subject=UUID(int=1), version=1, data={})

            seconds, patient = await state(engine)
            monkeypatch.setattr(horizon, "STANDING_STILL_SECONDS", 0)
            expected = "by process {} (role {}, database {}, application forgotten psql)".format(*holder)
            async with asyncio.timeout(30):  # a transaction of another test may be older for a moment
                while not (told := (await state(engine))[1]).endswith(expected):  # noqa: ASYNC110 - the cluster has no event
                    await asyncio.sleep(0.05)
        await settle(engine)
        later, _ = await state(engine)
        await engine.dispose()

        assert before == (0.0, "ok")
        assert (seconds > 0, patient) == (True, "ok")
        assert told.startswith("held up for ")
        assert later == 0.0
