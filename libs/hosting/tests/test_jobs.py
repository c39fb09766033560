"""Background work: one blueprint, as many applications as a process makes."""

import asyncio
from typing import Any

import procrastinate
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from hosting import jobs
from hosting.application import background
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

    def test_brings_what_is_due_regularly_to_every_application(self, blueprint):
        blueprint.periodic(cron="10 17 * * *")(blueprint.tasks["greet"])

        apps = [jobs.build("postgresql+psycopg://", [blueprint], "sample") for _ in range(2)]

        for app in apps:
            ((name, turn),) = app.periodic_registry.periodic_tasks.items()
            assert (name, turn.cron) == (("sample:greet", ""), "10 17 * * *")
            assert turn.task is app.tasks["sample:greet"]


async def finish(app: procrastinate.App, service: Any) -> None:
    async with app.open_async():
        await app.run_worker_async(
            wait=False, install_signal_handlers=False, additional_context={"service": service}, listen_notify=False
        )


class TestAJobOfAKilledWorker:
    async def test_runs_again_once_the_heartbeat_is_missed(self, make_database, blueprint, monkeypatch):
        """The one who replaced it started before that; a job of a worker that lives is left alone."""
        monkeypatch.setattr(jobs, "STUCK_AFTER_SECONDS", 2.0)
        monkeypatch.setattr(jobs, "SWEEP_SECONDS", 0.1)
        greeted: list[str] = []
        database = make_database("kit")
        engine = create_async_engine(database.app_url)
        async with AsyncSession(engine) as db, db.begin():
            for name, heartbeat in (("甲", "now()"), ("乙", "now() + interval '1 hour'")):
                await defer(db, "sample:greet", name=name)
                await db.execute(text(TAKEN_BY_ANOTHER.format(heartbeat=heartbeat)))

        worker = jobs.build(database.app_url, [blueprint], "sample")
        async with background(jobs.work(worker, engine, greeted)), asyncio.timeout(30):
            while not greeted:  # noqa: ASYNC110 - the list has no event
                await asyncio.sleep(0.1)
            async with AsyncSession(engine) as db:
                left = (await db.execute(text("SELECT args->>'name', status::text FROM procrastinate_jobs"))).all()
        await engine.dispose()

        assert greeted == ["甲"]
        assert ("乙", "doing") in [tuple(row) for row in left]

    def test_is_missed_soon_and_not_too_soon(self):
        assert jobs.HEARTBEAT_SECONDS + jobs.STUCK_AFTER_SECONDS + jobs.SWEEP_SECONDS + jobs.POLL_SECONDS < 60
        assert jobs.STUCK_AFTER_SECONDS >= 5 * jobs.HEARTBEAT_SECONDS


TAKEN_BY_ANOTHER = """
WITH other AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heartbeat}) RETURNING id)
UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM other) WHERE status = 'todo'
"""
