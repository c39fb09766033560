"""What an import leaves behind: statistics the planner can use, and a report that does not stay for ever."""

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
