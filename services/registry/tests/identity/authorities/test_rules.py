from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.authorities.rules import Basis, HeldRole, Holding, authority_on, role_of, token_end

HERE = UUID(int=1)
TODAY = date(2026, 6, 30)
NOW = datetime(2026, 6, 30, 3, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


def post(kind: str, level: int | None, valid_from: date = date(2026, 1, 1), valid_to: date | None = None) -> Holding:
    return Holding(Basis.POST, kind, HERE, level, valid_from, valid_to)


class TestRoleOfPost:
    @pytest.mark.parametrize(
        ("kind", "level", "role"),
        [
            ("publicity_officer", 3, None),
            ("committee_member", 4, None),
            ("discipline_officer", 2, None),
            ("secretary", 5, None),
            ("secretary", None, None),
            ("secretary", 1, "district_officer"),
            ("secretary", 2, "district_officer"),
            ("deputy_secretary", 3, "town_officer"),
            ("organization_officer", 3, "town_officer"),
            ("secretary", 4, "branch_secretary"),
            ("organization_officer", 4, "branch_secretary"),
        ],
    )
    def test_follows_kind_and_level(self, kind: str, level: int | None, role: str | None) -> None:
        assert role_of(post(kind, level)) == role


class TestAuthority:
    @pytest.mark.parametrize(
        ("valid_from", "valid_to", "held"),
        [
            (date(2026, 7, 1), None, False),
            (date(2026, 1, 1), date(2026, 6, 30), False),
            (date(2026, 6, 30), None, True),
            (date(2026, 1, 1), date(2026, 7, 1), True),
        ],
    )
    def test_holds_from_the_first_day_up_to_not_on_the_last(
        self, valid_from: date, valid_to: date | None, held: bool
    ) -> None:
        authority = authority_on(TODAY, [post("secretary", 4, valid_from, valid_to)])

        assert authority.roles == ((HeldRole("branch_secretary", HERE),) if held else ())

    def test_changes_on_the_next_turn_of_any_post(self) -> None:
        holdings = [
            post("secretary", 4, valid_to=date(2026, 9, 1)),
            post("secretary", 3, valid_from=date(2026, 8, 1)),
            post("publicity_officer", 3, valid_to=date(2026, 7, 1)),
        ]

        assert authority_on(TODAY, holdings).changes_on == date(2026, 8, 1)

    @given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    def test_is_the_same_on_every_day_before_its_change(self, start: date, end: date) -> None:
        holdings = [post("secretary", 4, start, end)] if start < end else []

        authority = authority_on(TODAY, holdings)

        last = (authority.changes_on or TODAY + timedelta(days=1)) - timedelta(days=1)
        assert authority_on(last, holdings).roles == authority.roles


class TestTokenEnd:
    def test_is_the_lifetime_without_a_change(self) -> None:
        end = token_end(issued_at=NOW, lifetime=TEN_MINUTES, change_at=None, clock_ahead=timedelta(0))

        assert end == NOW + TEN_MINUTES

    def test_is_the_change_when_that_is_sooner(self) -> None:
        change = NOW + timedelta(minutes=3)

        assert token_end(issued_at=NOW, lifetime=TEN_MINUTES, change_at=change, clock_ahead=timedelta(0)) == change

    def test_is_real_time_although_the_change_is_business_time(self) -> None:
        ahead = timedelta(days=40)
        change = NOW + ahead + timedelta(minutes=4)

        end = token_end(issued_at=NOW, lifetime=TEN_MINUTES, change_at=change, clock_ahead=ahead)

        assert end == NOW + timedelta(minutes=4)
