"""Every figure of the overview as of the day before, on and after what changes it."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.scoring.tests.conftest import District, People
from services.scoring.tests.points.test_claims import confirmed, decided, filed, opened

pytestmark = pytest.mark.anyio


async def on_three_days(caller: Any, day: str, figure: str) -> tuple[Any, ...]:
    days = [date.fromisoformat(day) + timedelta(days=off) for off in (-1, 0, 1)]
    return tuple([(await caller.get("/overview", as_of=str(one))).json()[figure] for one in days])


class TestEveryFigure:
    async def test_stands_as_of_the_day(self, district: District, people: People) -> None:
        """A meeting on the 10th, claims made on 31 March and 2 April, both decided by the evaluation of 3 April."""
        await district.meeting(people.branch, [people.member_id, people.colleague_id])
        first = await filed(people.member, people.member_id)
        await district.clock("2025-04-02T00:00:01")
        withdrawn = await filed(people.colleague, people.colleague_id)
        await district.clock("2025-04-03T23:59:00")
        await people.colleague.post(f"/claims/{withdrawn}/withdrawal", If_Match='"1"')
        evaluation = await opened(people)
        judged = await decided(people.secretary, evaluation, {"claim_id": first, "decision": "confirm"})
        assert (await confirmed(people.secretary, judged.json())).status_code == 200

        officer = people.town_officer
        assert await on_three_days(officer, "2025-03-10", "entries") == (0, 3, 3)
        assert await on_three_days(officer, "2025-03-10", "subjects") == (0, 3, 3)
        assert await on_three_days(officer, "2025-03-12", "points_total") == ("1.50", "2.00", "2.00")
        assert await on_three_days(officer, "2025-03-31", "claims_pending") == (0, 1, 1)
        assert await on_three_days(officer, "2025-04-02", "claims_pending") == (1, 2, 0)
        assert await on_three_days(officer, "2025-04-03", "evaluations_confirmed") == (0, 1, 1)
        assert await on_three_days(people.other_town_officer, "2025-04-02", "claims_pending") == (0, 0, 0)
