"""A vacancy of more than three months, and how far it reaches back."""

from datetime import date

import pytest

from records.periods import Cadence, periods
from registry.members.judgements.rules import Held, was_empty_too_long
from registry.tree.cross_appointments.rules import is_more_than_half

YEAR = periods(2025, Cadence.YEARLY)[0]
FOUNDED = date(2020, 1, 1)


def held(*spells: str) -> list[Held]:
    days = [[date.fromisoformat(day) if day else None for day in spell.split(" ")] for spell in spells]
    return [Held(first or FOUNDED, last) for first, last in days]


class TestVacancy:
    @pytest.mark.parametrize(
        ("spells", "expected"),
        [
            (["2020-01-01 "], False),
            ([], True),
            (["2020-01-01 2025-04-01", "2025-07-01 "], False),
            (["2020-01-01 2025-04-01", "2025-07-02 "], True),
            (["2020-01-01 2025-10-01"], False),
            (["2020-01-01 2025-09-30"], True),
            (["2020-01-01 2024-09-30", "2025-01-02 "], True),
            (["2020-01-01 2024-09-30", "2025-01-01 "], False),
            (["2020-01-01 2025-06-01", "2025-03-01 2025-08-01", "2025-10-01 "], False),
            (["2020-04-02 "], False),
        ],
    )
    def test_longer_than_three_months_that_reaches_into_the_year_is_too_long(
        self, spells: list[str], expected: bool
    ) -> None:
        assert was_empty_too_long(held(*spells), FOUNDED, YEAR, 3) is expected

    def test_counts_from_the_founding(self) -> None:
        late = held("2025-06-02 ")

        assert was_empty_too_long(late, date(2025, 3, 1), YEAR, 3)
        assert not was_empty_too_long(late, date(2025, 3, 2), YEAR, 3)


class TestHalf:
    @pytest.mark.parametrize(("both", "team", "expected"), [(2, 4, False), (3, 4, True), (1, 1, True), (0, 0, False)])
    def test_of_a_team_is_not_more_than_half(self, both: int, team: int, expected: bool) -> None:
        assert is_more_than_half(both, team) is expected
