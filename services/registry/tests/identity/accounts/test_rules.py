from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.accounts.rules import PROFILES, has_expired, weaknesses

MLPS3, MODERN = PROFILES["mlps3"], PROFILES["modern"]
NOW = datetime(2026, 4, 1, tzinfo=UTC)


class TestPassword:
    @pytest.mark.parametrize(
        "password", ["Short7-x", "alllowercase", "Password2026!", "Admin@123456", "Li-aaaaaa-7", "Zhang.san-77"]
    )
    def test_is_weak_under_mlps3(self, password: str) -> None:
        assert weaknesses(password, username="zhang.san", profile=MLPS3)

    @pytest.mark.parametrize(
        "password", ["Short-But-7Mix", "aaaaaaaaaaaaaaaa", "123456789012345678", "zhang.san-zhang.san"]
    )
    def test_is_weak_under_modern(self, password: str) -> None:
        assert weaknesses(password, username="zhang.san", profile=MODERN)

    def test_is_strong_by_three_classes_under_mlps3_and_by_length_under_modern(self) -> None:
        assert not weaknesses("Correct-Horse-7", username="zhang.san", profile=MLPS3)
        assert not weaknesses("correct horse battery", username="zhang.san", profile=MODERN)

    @given(st.text(min_size=129, max_size=200))
    def test_too_long_is_refused_everywhere(self, password: str) -> None:
        assert weaknesses(password, username="", profile=MODERN)

    @given(st.text(max_size=130), st.text(max_size=10))
    def test_is_judged_whatever_it_holds(self, password: str, username: str) -> None:
        for profile in PROFILES.values():
            assert all(sentence for sentence in weaknesses(password, username=username, profile=profile))


class TestAge:
    @pytest.mark.parametrize(("days", "expired"), [(0, False), (89, False), (90, True), (400, True)])
    def test_counts_under_mlps3_only(self, days: int, expired: bool) -> None:
        changed_at = NOW - timedelta(days=days)

        assert has_expired(changed_at, now=NOW, profile=MLPS3) is expired
        assert not has_expired(changed_at, now=NOW, profile=MODERN)

    def test_of_no_password_is_none(self) -> None:
        assert not has_expired(None, now=NOW, profile=MLPS3)
