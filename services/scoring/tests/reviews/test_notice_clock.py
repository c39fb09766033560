"""Working days and the notice that counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.publicity import NoticeClock, has_run_out, resumed, started, stopped
from records.working_days import YearNotCoveredError, end_of_working_days
from scoring.reference.working_days.defaults import default_days

FIRST = date(2025, 1, 1)
CALENDAR = {row["day"]: row["is_working"] for row in default_days() if row["day"] >= FIRST}
DAYS = st.dates(FIRST, date(2026, 9, 1))


class TestWorkingDays:
    def test_of_an_unknown_year_are_an_error(self) -> None:
        with pytest.raises(YearNotCoveredError):
            end_of_working_days(date(2026, 12, 29), 5, CALENDAR)

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            (date(2026, 6, 8), date(2026, 6, 15)),
            (date(2025, 9, 26), date(2025, 10, 10)),
            (date(2026, 2, 13), date(2026, 2, 27)),
        ],
    )
    def test_skip_weekends_and_holidays_and_count_worked_weekends(self, start: date, end: date) -> None:
        assert end_of_working_days(start, 5, CALENDAR) == end

    @given(DAYS, st.integers(1, 20))
    def test_are_as_many_as_asked_for(self, start: date, count: int) -> None:
        end = end_of_working_days(start, count, CALENDAR)
        span = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]

        assert sum(CALENDAR[day] for day in span) == count
        assert CALENDAR[end]


class TestANoticeClock:
    @pytest.mark.feature("S30")
    def test_runs_five_working_days_to_the_end_of_the_last(self) -> None:
        clock = started(date(2026, 3, 2), 5, CALENDAR)

        assert clock.ends_on == date(2026, 3, 9)
        assert not has_run_out(clock, date(2026, 3, 9))
        assert has_run_out(clock, date(2026, 3, 10))

    @pytest.mark.feature("S30")
    @given(DAYS, st.integers(0, 12), st.integers(0, 30))
    def test_loses_no_day_to_an_objection(self, start: date, until: int, pause: int) -> None:
        clock = started(start, 5, CALENDAR)
        assert clock.ends_on is not None
        stop = min(start + timedelta(days=until), clock.ends_on)

        still = stopped(clock, stop, CALENDAR)
        again = resumed(still, stop + timedelta(days=pause), CALENDAR)

        used = [start + timedelta(days=n) for n in range(1, (stop - start).days)]
        assert again.ends_on is not None
        assert still.days_left + sum(CALENDAR[day] for day in used) == 5
        assert again.ends_on >= clock.ends_on

    @given(DAYS)
    def test_stands_still_while_stopped(self, day: date) -> None:
        still = NoticeClock(3, None, None)

        assert not has_run_out(still, day)
        assert stopped(still, day, CALENDAR) == still
