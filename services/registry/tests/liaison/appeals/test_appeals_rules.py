from datetime import date

import pytest

from registry.liaison.appeals.rules import Quarter, last_quarter


class TestQuarter:
    @pytest.mark.parametrize(
        ("due", "in_time", "is_kept"), [(0, 0, False), (1, 0, False), (1, 1, True), (4, 3, False), (4, 4, True)]
    )
    def test_is_kept_where_all_that_was_due_was_answered_in_time(self, due: int, in_time: int, is_kept: bool) -> None:
        assert Quarter(due, in_time).is_kept is is_kept


class TestLastQuarter:
    @pytest.mark.parametrize(
        ("today", "last"),
        [
            (date(2025, 4, 1), date(2025, 3, 31)),
            (date(2025, 3, 31), date(2024, 12, 31)),
            (date(2025, 12, 31), date(2025, 9, 30)),
        ],
    )
    def test_is_the_one_that_is_over(self, today: date, last: date) -> None:
        assert last_quarter(today).last == last
