"""Background work: one blueprint, as many applications as a process makes."""

from typing import Any

import procrastinate
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from hosting import jobs
from kit.jobs import defer

pytestmark = pytest.mark.anyio


@pytest.fixture
def blueprint() -> procrastinate.Blueprint:
    made = procrastinate.Blueprint()

    @made.task(name="greet", pass_context=True)
    async def greet(context: procrastinate.JobContext, name: str) -> None:
        context.additional_context["service"].append(name)

    return made


class TestBlueprint:
    async def test_serves_every_application_of_a_process(self, make_database, blueprint):
        greeted: list[str] = []
        database = make_database("kit")
        apps = [jobs.build(database.app_url, [blueprint], "sample") for _ in range(2)]
        engine = create_async_engine(database.app_url)

        for name, app in zip(("甲", "乙"), apps, strict=True):
            async with AsyncSession(engine) as db, db.begin():
                await defer(db, "sample:greet", name=name)
            await finish(app, greeted)
        await engine.dispose()

        assert greeted == ["甲", "乙"]


async def finish(app: procrastinate.App, service: Any) -> None:
    async with app.open_async():
        await app.run_worker_async(
            wait=False, install_signal_handlers=False, additional_context={"service": service}, listen_notify=False
        )
