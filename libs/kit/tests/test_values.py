"""Scopes, edge types and two-time rows as pure values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kit.access import outermost, subtree_range
from kit.calendar import clock_check, day_of
from kit.edge import BusinessDate, Instant, LabelledEnum, Points, Text
from kit.events.feed import Position

SEGMENT = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4)
PATH = st.lists(SEGMENT, min_size=1, max_size=5).map(lambda parts: "/".join(parts) + "/")


class TestSubtreeRange:
    @given(PATH, PATH)
    def test_holds_exactly_the_paths_at_or_below(self, top, other):
        low, high = subtree_range(top)
        assert (low <= other < high) == other.startswith(top)


class TestClockCheck:
    @pytest.mark.parametrize(
        ("before", "told", "after", "found"),
        [
            (100.0, 100.5, 101.0, "ok"),
            (100.0, 110.9, 101.0, "ok"),
            (100.0, 111.1, 101.0, "differs by 10 s"),
            (100.0, 89.0, 100.0, "differs by 11 s"),
            (7300.0, 100.0, 7301.0, "differs by 7200 s"),
        ],
    )
    def test_allows_for_the_time_the_question_took(self, before, told, after, found):
        assert clock_check(before, told, after) == found


class TestOutermost:
    @given(st.lists(PATH, max_size=8))
    def test_covers_the_same_and_nests_nothing(self, paths):
        kept = outermost(paths)
        assert all(any(path.startswith(top) for top in kept) for path in paths)
        assert not any(one != other and one.startswith(other) for one in kept for other in kept)


class TestPosition:
    @given(st.tuples(*[st.integers(0, 10**17)] * 3))
    def test_survives_the_wire(self, parts):
        assert Position.parse(str(Position(*parts))) == Position(*parts)


class TestEdgeTypes:
    @pytest.mark.parametrize("value", ["", "   ", "a\x00", "a\x1b", "\ufffe", "x" * 201, 5, None])
    def test_text_refuses(self, value):
        with pytest.raises(ValidationError):
            TypeAdapter(Text).validate_python(value)

    @pytest.mark.parametrize("value", ["NaN", "Infinity", "1.234", "99999999999.00", float("nan"), "一"])
    def test_points_refuse(self, value):
        with pytest.raises(ValidationError):
            TypeAdapter(Points).validate_python(value)

    def test_points_travel_as_plain_text(self):
        assert TypeAdapter(Points).dump_json(Decimal("1E+2")) == b'"100.00"'

    @pytest.mark.parametrize("value", ["1899-12-31", "2101-01-01", "2026-02-30", "20260101x"])
    def test_dates_refuse(self, value):
        with pytest.raises(ValidationError):
            TypeAdapter(BusinessDate).validate_python(value)

    def test_instants_need_an_offset(self):
        with pytest.raises(ValidationError):
            TypeAdapter(Instant).validate_python("2026-01-01T00:00:00")
        assert TypeAdapter(Instant).validate_python("2026-01-01T08:00:00+08:00") == datetime(2026, 1, 1, tzinfo=UTC)


class TestLabelledEnum:
    def test_knows_value_and_label(self):
        class Colour(LabelledEnum):
            RED = "red", "红"

        assert (Colour["RED"].value, Colour.RED.label, Colour.from_label("红")) == ("red", "红", Colour.RED)
        with pytest.raises(ValueError, match="绿"):
            Colour.from_label("绿")


class TestBusinessDay:
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), date(2025, 12, 31)),
            (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
            (datetime(2026, 6, 30, 16, 0, 0, tzinfo=UTC), date(2026, 7, 1)),
        ],
    )
    def test_turns_at_midnight_in_shanghai(self, moment, day):
        assert day_of(moment) == day
