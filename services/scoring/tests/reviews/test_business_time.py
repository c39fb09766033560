"""Every instant of a business row is the business clock's, in each table that has instants."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import DateTime, DefaultClause, select, text
from sqlalchemy.sql.elements import ClauseElement

from kit.calendar import day_of
from kit.database import app_transaction
from scoring.database import CHANGES, Base

pytestmark = pytest.mark.anyio
# Who changed what, and when, is kept by the machine's clock, as the event log is.
INSTANTS = [
    (table, column)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, DateTime) and table is not CHANGES
]
SHIPPED = {"catalogues.published_at", "catalogues.created_at"}
LATER = {"claims.claimed_at", "monthly_evaluations.opened_at", "monthly_evaluations.confirmed_at"}
NOT_PLAYED = {
    "claims.closed_at",
    "complaints.recorded_at",
    "contests.recorded_at",
    "cycles.closed_at",
    "diary_entries.created_at",
    "duty_posts.recorded_at",
    "moves.moved_at",
    "plaques.created_at",
    "projects.recorded_at",
    "rewards.recorded_at",
    "suggestions.recorded_at",
    "upper_items.recorded_at",
}
OF_THE_STORY = {f"{table.name}.{column.name}" for table, column in INSTANTS} - SHIPPED - LATER


async def moments(stage: Any) -> dict[str, set[datetime]]:
    async with app_transaction(stage.district.app) as db:
        return {
            f"{table.name}.{column.name}": set(await db.scalars(select(column).where(column.is_not(None))))
            for table, column in INSTANTS
        }


class TestABusinessRow:
    def test_is_dated_by_the_business_clock_wherever_the_database_dates_it(self) -> None:
        defaults = [column.server_default for _, column in INSTANTS if column.server_default is not None]
        said = [one.arg for one in defaults if isinstance(one, DefaultClause)]

        assert len(said) == len(defaults) == 25
        assert {str(one) for one in said if isinstance(one, ClauseElement)} == {"business_now()"}

    async def test_takes_its_instants_from_the_business_clock(self, stage: Any) -> None:
        """A whole year of a branch, played in March 2026, far from the day of the machine."""
        await stage.earn(stage.ids, 1.0)
        await stage.open()
        veto = {"review_id": stage.review_id, "subject_id": str(stage.ids[3]), "ground": "违纪", "reason": "处分决定"}
        await stage.town_officer.post("/vetoes", veto, expect=201)
        await stage.until("publicise")
        objection = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "content": "考勤记录有误"}
        filed = await stage.members[2].post("/objections", objection, expect=201)
        rejection = {"upheld": False, "reply": "经查考勤无误"}
        await stage.secretary.post(f"/objections/{filed['id']}/decision", rejection, expect=201)
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate")
        await stage.resolve()
        await stage.advance("final")

        found = await moments(stage)

        assert {name for name in OF_THE_STORY if not found[name]} == NOT_PLAYED
        strange = {name for name in OF_THE_STORY for one in found[name] if day_of(one).isoformat()[:7] != "2026-03"}
        assert strange == set()


class TestBusinessNow:
    async def test_moves_with_the_clock_in_a_demonstration_only(self, stage: Any) -> None:
        """A database that was a demonstration's keeps its offset; in earnest nobody reads it, the database neither."""
        off = text("SELECT abs(extract(epoch FROM business_now() - now()))")
        async with app_transaction(stage.district.app) as db:
            moved = await db.scalar(off)
            await db.execute(text("SET LOCAL liangxin.demonstration = '0'"))
            in_earnest = await db.scalar(off)

        assert moved > 3600
        assert in_earnest == 0
