import asyncio
from typing import Any

import pytest

from hosting.application import background
from hosting.jobs import build, work
from registry.exchange.imports.jobs import blueprint
from services.registry.tests.workbooks import person, sheet

pytestmark = pytest.mark.anyio


class TestWorker:
    async def test_takes_up_what_was_handed_in(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        opened = (await office.upload("members", sheet("members", person(district.branches[0])))).json()
        queue = build(registers.app.state.settings.database_url, [blueprint], "registry")

        async with background(work(queue, registers.app.state.engine, registers.app)), asyncio.timeout(20):
            for _ in range(150):
                state = (await office.get(f"/imports/{opened['id']}")).json()["state"]
                if state not in ("queued", "checking"):
                    break
                await asyncio.sleep(0.1)

        assert state == "published"
