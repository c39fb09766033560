"""A history tells who changed what; of a ballot it must not tell who voted, nor how many had by then."""

from typing import Any

import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.database import CHANGES

pytestmark = pytest.mark.anyio


class TestHistoryOfABallot:
    async def test_tells_of_its_opening_and_closing_and_of_no_vote(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await stage.open()
        await stage.until("appraise")
        ballot = await stage.vote()

        async with app_transaction(stage.district.app) as db:
            kept = (await db.execute(select(CHANGES.c.register, CHANGES.c.field, CHANGES.c.row_id))).all()

        of_ballots = {
            (one.register, one.field) for one in kept if one.register not in {"reviews", "pledges", "reports"}
        }
        assert of_ballots == {("ballots", field) for field in ("state", "closed_on", "is_valid")}
        shown = (await stage.secretary.get(f"/ballots/{ballot}/history"))["items"]
        assert {one["field"] for one in shown} == {"state", "closed_on", "is_valid"}
