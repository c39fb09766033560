import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.periods import Cadence, gaps, period_of, periods, weeks


class TestPeriods:
    @pytest.mark.parametrize(
        ("cadence", "count", "first_of_second"),
        [
            (Cadence.MONTHLY, 12, date(2024, 2, 1)),
            (Cadence.QUARTERLY, 4, date(2024, 4, 1)),
            (Cadence.HALF_YEARLY, 2, date(2024, 7, 1)),
        ],
    )
    def test_follow_the_calendar(self, cadence: Cadence, count: int, first_of_second: date) -> None:
        found = periods(2024, cadence)

        assert len(found) == count
        assert found[1].first == first_of_second
        assert found[0].last == first_of_second - timedelta(days=1)

    @given(st.integers(1950, 2090), st.sampled_from(Cadence))
    def test_cover_every_day_of_the_year_once(self, year: int, cadence: Cadence) -> None:
        found = periods(year, cadence)

        assert (found[0].first, found[-1].last) == (date(year, 1, 1), date(year, 12, 31))
        assert all(after.first - before.last == timedelta(days=1) for before, after in itertools.pairwise(found))

    @given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(Cadence))
    def test_know_the_one_a_day_lies_in(self, day: date, cadence: Cadence) -> None:
        assert [one for one in periods(day.year, cadence) if one.holds(day)] == [period_of(day, cadence)]


class TestGaps:
    def test_are_the_periods_with_too_few(self) -> None:
        quarters = periods(2025, Cadence.QUARTERLY)
        done = [date(2025, 3, 31), date(2025, 4, 1), date(2025, 6, 30), date(2025, 12, 31)]

        assert [one.number for one in gaps(quarters, done)] == [3]
        assert [one.number for one in gaps(quarters, done, times=2)] == [1, 3, 4]


class TestWeeks:
    @pytest.mark.parametrize(("year", "count"), [(2024, 52), (2025, 52), (2026, 53)])
    def test_are_those_of_the_iso_calendar(self, year: int, count: int) -> None:
        found = weeks(year)

        assert len(found) == count
        assert {day.isocalendar()[:2] for one in found for day in (one.first, one.last)} == {
            (year, number) for number in range(1, count + 1)
        }
        assert all(after.first - before.last == timedelta(days=1) for before, after in itertools.pairwise(found))
