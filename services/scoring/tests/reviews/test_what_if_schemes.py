"""假设分析: every line of the scheme a draft may change, against the oracle; stars by dimension say which one."""

from typing import Any

import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.reviews.ratings.models import FrozenInput
from services.scoring.tests.reviews.test_what_if import EVERYBODY, asked, oracle
from services.scoring.tests.reviews.test_what_if_points import compared

pytestmark = pytest.mark.anyio


async def marked(stage: Any) -> None:
    """The first, who did everything, has a veto."""
    async with app_transaction(stage.district.app) as db:
        one = (await db.scalars(select(FrozenInput).where(FrozenInput.subject_id == stage.ids[0]))).one()
        one.has_veto = True


class TestALineOfTheScheme:
    async def test_changes_the_stars_the_oracle_changes(self, stage: Any) -> None:
        await stage.earn(stage.ids[:3], 1.0)
        await stage.earn(stage.ids[3:], 0.4)
        await compared(stage)
        await marked(stage)
        standing = {one: stars for one, (_, stars) in (await oracle(stage)).items()}

        for draft in (
            {"star_model": "dimensions"},
            {"star_model": "dimensions", "dimension_share": "40"},
            {"veto_cap": 0},
            {"floor": "40"},
        ):
            expected = {one: stars for one, (_, stars) in (await oracle(stage, **draft)).items()}
            found = await asked(stage, **draft, **EVERYBODY)
            assert {one: row["stars_after"] for one, row in found.items()} == expected != standing, draft


class TestStarsByDimension:
    async def test_are_lost_with_every_indicator_of_a_dimension_and_say_so(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await compared(stage, star_model="dimensions")
        full = str(stage.ids[1])
        async with app_transaction(stage.district.app) as db:
            query = select(FrozenInput).where(FrozenInput.subject_id == stage.ids[1])
            kept = (await db.scalars(query)).one().indicators
        learning = [one["code"] for one in kept if one["dimension"] == kept[0]["dimension"]]

        row = (await asked(stage, cap=[f"{code}=0" for code in learning]))[full]

        assert (row["stars_before"], row["stars_after"]) == (5, 4)
        assert row["why"].endswith(f"维度“{kept[0]['dimension']}”100.00%→0.00%(须 85.00%);由 5 星变为 4 星")
