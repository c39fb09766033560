"""The overview's stars as of a day: what had been published by then, and never two stars of one subject."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from kit.database import app_transaction
from kit.ids import uuid7
from scoring.honours.stars.models import Star
from scoring.subjects import SubjectKind

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cycle(stage: Any) -> UUID:
    await stage.open()
    return UUID(stage.cycle_id)


class TestStars:
    """The star of a member: 4 published on 20 June 2026, lowered to 3 on 1 July."""

    async def publish(self, stage: Any, cycle: UUID, **changes: Any) -> None:
        row = {
            "id": uuid7(),
            "root_id": stage.district.root,
            "cycle_id": cycle,
            "review_id": UUID(stage.review_id),
            "organization_id": stage.branch,
            "year": 2026,
            "subject_kind": SubjectKind.MEMBER,
            "subject_id": stage.ids[1],
            "name": "党员",
            "level": 4,
            "reason": "综合得分达到四星",
            "published_on": date(2026, 6, 20),
            "is_late": False,
            "is_current": True,
        }
        async with app_transaction(stage.district.app) as db:
            await db.execute(insert(Star).values(row | changes))

    async def test_counts_the_star_held_on_the_day(self, stage: Any, cycle: UUID) -> None:
        await self.publish(stage, cycle, is_current=False)
        await self.publish(stage, cycle, level=3, previous_level=4, published_on=date(2026, 7, 1))

        held = {
            day: [
                (one["level"], one["count"]) for one in (await stage.town_officer.get("/overview", as_of=day))["stars"]
            ]
            for day in ("2026-06-19", "2026-06-20", "2026-06-30", "2026-07-01")
        }

        assert held == {
            "2026-06-19": [],
            "2026-06-20": [(4, 1)],
            "2026-06-30": [(4, 1)],
            "2026-07-01": [(3, 1)],
        }
