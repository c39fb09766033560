"""One question says how a service's database is."""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from hosting.state import state_of
from kit import events
from kit.clock import set_offset
from kit.database import transaction

pytestmark = pytest.mark.anyio


async def test_a_state_names_structure_clock_and_newest_event(make_database):
    engine = create_async_engine(make_database("kit").app_url)
    before = await state_of(engine)
    async with transaction(engine) as db:
        await set_offset(db, 3600)
        await events.append(db, type="kit.thing.changed.v1", subject=UUID(int=1), version=1, data={})
    after = await state_of(engine)
    await engine.dispose()

    assert before == {
        "revision": before["revision"], "clock_offset_seconds": 0, "parked_events": 0, "newest_event_at": None
    }  # fmt: skip
    assert (after["revision"], after["clock_offset_seconds"]) == (before["revision"], 3600)
    assert after["newest_event_at"] > 1_700_000_000
