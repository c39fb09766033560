from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.units.coverage.rules import Counts, UnitCoverage, count, rate

UNITS = st.lists(st.builds(UnitCoverage, *[st.booleans()] * 5), max_size=30)


class TestRate:
    def test_over_nothing_is_none(self) -> None:
        assert rate(0, 0) is None

    @pytest.mark.feature("R14")
    @pytest.mark.parametrize(
        ("part", "whole", "shown"),
        [(351, 484, "72.52"), (24, 48, "50.00"), (1, 800, "0.13"), (2, 3, "66.67"), (0, 7, "0.00")],
    )
    def test_has_two_places_half_up(self, part: int, whole: int, shown: str) -> None:
        assert rate(part, whole) == Decimal(shown)

    @given(st.integers(1, 10**6), st.data())
    def test_lies_between_none_and_all(self, whole: int, data: st.DataObject) -> None:
        found = rate(data.draw(st.integers(0, whole)), whole)

        assert found is not None
        assert Decimal(0) <= found <= Decimal(100)


class TestUnitCoverage:
    @pytest.mark.feature("R13")
    def test_served_without_members_is_work_and_not_organisation(self) -> None:
        assert count([UnitCoverage(is_served_without_members=True)]) == Counts(units=1, covered=0, single=0, worked=1)

    @pytest.mark.feature("R26")
    @pytest.mark.parametrize(
        ("standing", "is_worked"),
        [
            (UnitCoverage(), False),
            (UnitCoverage(has_organization=True), True),
            (UnitCoverage(has_instructor=True), True),
            (UnitCoverage(has_mass_organization=True), True),
            (UnitCoverage(is_served_without_members=True), True),
        ],
    )
    def test_is_worked_by_any_of_the_three(self, standing: UnitCoverage, *, is_worked: bool) -> None:
        assert standing.is_worked is is_worked

    @given(UNITS, UNITS)
    def test_counts_of_parts_add_up(self, one: list[UnitCoverage], two: list[UnitCoverage]) -> None:
        assert count(one).plus(count(two)) == count(one + two)

    @given(UNITS)
    def test_covered_units_are_worked_units(self, units: list[UnitCoverage]) -> None:
        found = count(units)

        assert found.covered <= found.worked <= found.units
