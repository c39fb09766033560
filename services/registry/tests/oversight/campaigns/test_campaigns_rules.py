"""Which day of a campaign a day is."""

from datetime import date, timedelta

import pytest

from registry.oversight.campaigns.kinds import CampaignState as State
from registry.oversight.campaigns.rules import last_day, progress

FIRST = date(2025, 3, 1)


class TestProgress:
    @pytest.mark.feature("R59")
    @pytest.mark.parametrize(
        ("day", "told"),
        [
            ("2025-02-28", (State.UPCOMING, 0, 100)),
            ("2025-03-01", (State.RUNNING, 1, 99)),
            ("2025-03-02", (State.RUNNING, 2, 98)),
            ("2025-06-07", (State.RUNNING, 99, 1)),
            ("2025-06-08", (State.RUNNING, 100, 0)),
            ("2025-06-09", (State.OVER, 100, 0)),
        ],
    )
    def test_of_a_hundred_days_counts_the_first_one_as_day_one(self, day: str, told: tuple[State, int, int]) -> None:
        assert progress(FIRST, 100, date.fromisoformat(day)) == told

    def test_of_another_number_ends_with_its_last_day(self) -> None:
        assert last_day(FIRST, 1) == FIRST
        assert progress(FIRST, 1, FIRST) == (State.RUNNING, 1, 0)
        assert progress(FIRST, 30, last_day(FIRST, 30) + timedelta(days=1)) == (State.OVER, 30, 0)
