from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kinds import known
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.contact_logs.rules import Service, compliance, due_now, expected, in_words, periods_of

ALWAYS = Service(date(2020, 1, 1), None)
NEXT_YEAR = date(2026, 1, 20)


class TestExpectedContacts:
    @pytest.mark.parametrize(
        ("kind", "number"),
        [("call", 52), ("visit", 12), ("talk", 4), ("member_developed", 1), ("organization_helped", 1)],
    )
    def test_of_a_whole_year_are_the_five_ones(self, kind: str, number: int) -> None:
        assert len(expected(known(ContactKind, kind), 2025, ALWAYS)) == number

    def test_are_53_calls_in_a_year_of_so_many_weeks(self) -> None:
        assert len(expected(ContactKind.CALL, 2026, ALWAYS)) == 53

    @pytest.mark.parametrize(
        ("service", "months"),
        [
            (Service(date(2025, 3, 1), None), list(range(3, 13))),
            (Service(date(2025, 3, 2), None), list(range(4, 13))),
            (Service(date(2025, 3, 1), date(2025, 6, 1)), [3, 4, 5]),
            (Service(date(2025, 3, 1), date(2025, 5, 31)), [3, 4]),
            (Service(date(2026, 1, 1), None), []),
        ],
    )
    def test_are_those_of_periods_that_the_service_lasts_through(self, service: Service, months: list[int]) -> None:
        assert [one.number for one in expected(ContactKind.VISIT, 2025, service)] == months


class TestCompliance:
    def test_shows_the_week_that_is_missing(self) -> None:
        due = expected(ContactKind.CALL, 2025, ALWAYS)
        days = [one.first for one in due if one.number != 27]

        assert compliance(due, days, NEXT_YEAR) == (52, 51, (27,))

    def test_does_not_miss_what_is_not_over(self) -> None:
        due = expected(ContactKind.VISIT, 2025, ALWAYS)

        assert compliance(due, [date(2025, 1, 8)], date(2025, 3, 31)) == (12, 1, (2,))
        assert compliance(due, [date(2025, 1, 8)], date(2025, 4, 1)) == (12, 1, (2, 3))

    @given(st.sets(st.integers(1, 52)))
    def test_of_a_past_year_misses_exactly_the_weeks_without_a_call(self, called: set[int]) -> None:
        weeks = periods_of(ContactKind.CALL, 2025)
        days = [one.last for one in weeks if one.number in called]

        found = compliance(weeks, days + days, NEXT_YEAR)

        assert found == (52, len(called), tuple(sorted(set(range(1, 53)) - called)))


class TestMissingPeriods:
    @pytest.mark.parametrize(
        ("numbers", "words"), [((), ""), ((27,), "27"), ((1, 2, 3, 5, 7, 8), "1–3、5、7–8"), ((1, 3), "1、3")]
    )
    def test_are_told_with_neighbours_together(self, numbers: tuple[int, ...], words: str) -> None:
        assert in_words(numbers) == words


class TestDueContact:
    def test_is_that_of_the_period_that_runs(self) -> None:
        today = date(2025, 12, 30)

        assert due_now(ContactKind.CALL, ALWAYS, [date(2025, 12, 28)], today) == (
            2026, 1, date(2025, 12, 29), date(2026, 1, 4),
        )  # fmt: skip
        assert due_now(ContactKind.CALL, ALWAYS, [date(2025, 12, 29)], today) is None
        assert due_now(ContactKind.VISIT, Service(date(2025, 12, 2), None), [], today) is None
