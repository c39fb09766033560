"""What an import leaves behind: statistics the planner can use, and a report that does not stay for ever."""

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from hosting.housekeeping import tidy
from kit.calendar import real_now
from registry.app import DOMAINS
from registry.exchange.imports.models import KEEP_PROBLEMS
from services.registry.tests.workbooks import person, sheet

pytestmark = pytest.mark.anyio
STATISTICS = "SELECT reltuples FROM pg_class WHERE oid = 'members'::regclass"
LONG_REPORT = """
WITH made AS (
    INSERT INTO import_problems (import_id, sheet, row_no, column_heading, reason)
    SELECT %s, '党员', number, '公民身份号码', '已登记,请核对后办理组织关系转接' FROM generate_series(1, 99999) number
    RETURNING 1
) SELECT count(*) FROM made
"""
LONGEST_TURN_SECONDS = 0.1
COLUMNS = "SELECT attname FROM pg_stats WHERE tablename = 'members' AND attname IN ('organization_id', 'stage')"


async def office_and_branch(registers: Any) -> tuple[Any, Any]:
    district = await registers.district()
    return await registers.office("district_officer", district.root), district.branches[0]


class TestStatistics:
    async def test_are_fresh_right_after_an_import_has_published(self, registers: Any) -> None:
        office, branch = await office_and_branch(registers)

        done = await registers.imported(
            office, "members", sheet("members", *(person(branch, number) for number in range(3)))
        )

        [(known,)] = registers.rows(STATISTICS)
        [(there,)] = registers.rows("SELECT count(*) FROM members")
        assert (done["state"], known) == ("published", there)
        assert len(registers.rows(COLUMNS)) == 2

    async def test_are_left_alone_by_a_trial(self, registers: Any) -> None:
        office, branch = await office_and_branch(registers)
        before = registers.rows(STATISTICS)

        done = await registers.imported(office, "members", sheet("members", person(branch)), dry_run="true")

        assert (done["state"], registers.rows(STATISTICS)) == ("checked", before)


class TestReport:
    async def test_says_until_when_its_rows_stay_and_loses_them_then(self, registers: Any) -> None:
        office, _ = await office_and_branch(registers)
        done = await registers.imported(office, "members", b"not a workbook")
        day = timedelta(days=1)

        await tidy(registers.app, DOMAINS, real_now() + KEEP_PROBLEMS - day)
        kept = await registers.faults(office, done)
        await tidy(registers.app, DOMAINS, real_now() + KEEP_PROBLEMS + 2 * day)
        gone = await registers.faults(office, done)
        report = (await office.get(f"/imports/{done['id']}")).json()

        assert (len(kept), gone) == (1, [])
        assert report["rows_kept_until"][:10] == str((real_now() + KEEP_PROBLEMS).date())

    @pytest.mark.parametrize("kind", ["xlsx", "csv"])
    async def test_of_many_rows_is_made_while_others_are_answered(self, registers: Any, kind: str) -> None:
        """By the processor time that one turn of the event loop takes: whoever else asks, waits as long."""
        office, _ = await office_and_branch(registers)
        done = await registers.imported(office, "members", b"not a workbook")
        registers.rows(LONG_REPORT, done["id"])

        with uncollected():
            making = asyncio.create_task(office.get(f"/imports/{done['id']}/rows/export", format=kind))
            asking = asyncio.create_task(office.get(f"/imports/{done['id']}"))
            turns = []
            while not making.done():
                began = time.thread_time()
                await asyncio.sleep(0)
                turns.append(time.thread_time() - began)
                answered_first = asking.done()

        assert (making.result().status_code, len(making.result().content) > 100_000) == (200, True)
        assert (answered_first, (await asking).status_code) == (True, 200)
        assert max(turns) < LONGEST_TURN_SECONDS


@contextmanager
def uncollected() -> Iterator[None]:
    """What the collector of garbage takes is no part of the measure."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
