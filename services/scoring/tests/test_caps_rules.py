"""Pure rules: periods, caps, months, and until when a claim counts."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.points.claims.rules import may_be_claimed
from scoring.points.diary.rules import month_bounds, summed
from scoring.points.indicators.defaults import default_catalogues
from scoring.points.indicators.rules import last_day
from scoring.points.ledger.rules import PERIODS_PER_YEAR, Room, empty_room, granted, period_cap, period_of, with_points

MONEY = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(50), places=2)
CADENCES = st.sampled_from(sorted(PERIODS_PER_YEAR))
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


SHIPPED = {one["code"]: one for catalogue in default_catalogues() for one in catalogue.indicators}


class TestPeriod:
    @pytest.mark.parametrize(
        ("day", "cadence", "key"),
        [
            ("2025-12-31", "month", "2025-M12"),
            ("2026-01-01", "month", "2026-M01"),
            ("2025-06-30", "half-year", "2025-H01"),
            ("2025-07-01", "half-year", "2025-H02"),
            ("2025-03-31", "quarter", "2025-Q01"),
            ("2024-02-29", "quarter", "2024-Q01"),
            ("2025-05-05", "event", "2025"),
        ],
    )
    def test_is_cut_by_the_calendar(self, day: str, cadence: str, key: str) -> None:
        assert period_of(date.fromisoformat(day), cadence).key == key

    @given(DAYS, CADENCES)
    def test_lies_inside_the_year(self, day: date, cadence: str) -> None:
        assert 0 <= period_of(day, cadence).ordinal < PERIODS_PER_YEAR[cadence]

    @pytest.mark.parametrize(
        ("value", "day"),
        [(2024, "2024-12-31"), ("2024-02", "2024-02-29"), ("2025-12", "2025-12-31"), ("2025-07-01", "2025-07-01")],
    )
    def test_ends_on_its_last_day(self, value: object, day: str) -> None:
        assert last_day(value).isoformat() == day


class TestCap:
    @given(CADENCES, MONEY, st.lists(st.tuples(MONEY, DAYS), max_size=40))
    def test_is_never_passed_and_always_filled(
        self, cadence: str, points: Decimal, awarded: list[tuple[Decimal, date]]
    ) -> None:
        annual_cap = points * PERIODS_PER_YEAR[cadence]
        room, asked = empty_room(cadence), [Decimal(0)] * PERIODS_PER_YEAR[cadence]
        for requested, day in awarded:
            place = period_of(day, cadence).ordinal
            asked[place] += requested
            share = granted(requested, room, place, annual_cap=annual_cap, cadence=cadence)
            assert 0 <= share <= requested
            room = with_points(room, place, share)

        assert room.granted == sum(room.by_period) <= annual_cap
        limit = period_cap(annual_cap, cadence)
        assert list(room.by_period) == [min(one, limit) for one in asked]

    @given(CADENCES, MONEY, DAYS)
    def test_is_free_again_after_a_reversal(self, cadence: str, points: Decimal, day: date) -> None:
        place = period_of(day, cadence).ordinal
        full = with_points(empty_room(cadence), place, points)

        assert with_points(full, place, -points) == empty_room(cadence)

    def test_of_a_smaller_year_wins_over_the_period(self) -> None:
        room = Room(Decimal("1.90"), (Decimal("1.90"), Decimal(0)))

        assert granted(Decimal(1), room, 1, annual_cap=Decimal(2), cadence="half-year") == Decimal("0.10")


class TestMonthOfPractice:
    def test_counts_a_day_once_and_every_visit(self) -> None:
        day = date(2025, 2, 3)

        assert summed("2025-02", [(day, "visit"), (day, "visit"), (date(2025, 3, 1), "visit")]) == (
            1,
            2,
            Decimal("0.0357"),
        )

    def test_expects_365_days_a_year(self) -> None:
        assert sum(month_bounds(f"2025-{number:02}")[1].day for number in range(1, 13)) == 365


class TestClaimDay:
    @pytest.mark.parametrize(
        ("occurred_on", "today", "expected"),
        [
            ("2025-03-31", "2025-03-31", True),
            ("2025-04-01", "2025-03-31", False),
            ("2024-12-31", "2025-01-31", True),
            ("2024-12-31", "2025-02-01", False),
            ("2023-12-31", "2025-01-01", False),
        ],
    )
    def test_lies_in_the_points_year_or_its_grace(self, occurred_on: str, today: str, expected: bool) -> None:
        assert may_be_claimed(date.fromisoformat(occurred_on), date.fromisoformat(today), 31) is expected
