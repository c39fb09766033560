from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from registry.identity.throttles.rules import Attempts, Limit, charged, refunded

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMIT = Limit(5, timedelta(minutes=15))


class TestCharge:
    def test_beyond_the_limit_waits_and_changes_nothing(self) -> None:
        locked = Attempts(5, NOW, NOW + timedelta(minutes=10))

        assert charged(locked, now=NOW, limit=LIMIT) == (locked, timedelta(minutes=10))

    def test_after_the_lock_starts_anew(self) -> None:
        locked = Attempts(5, NOW - timedelta(hours=1), NOW)

        attempts, wait = charged(locked, now=NOW, limit=LIMIT)

        assert (attempts.failures, attempts.locked_until, wait) == (1, None, timedelta(0))

    def test_after_the_window_starts_anew(self) -> None:
        attempts, _ = charged(Attempts(4, NOW - LIMIT.window, None), now=NOW, limit=LIMIT)

        assert attempts == Attempts(1, NOW, None)

    @given(st.lists(st.integers(0, 120), max_size=60))
    def test_lets_no_more_than_the_limit_through_in_any_window(self, gaps: list[int]) -> None:
        attempts: Attempts | None = None
        now, passed = NOW, []
        for gap in gaps:
            now += timedelta(seconds=gap)
            attempts, wait = charged(attempts, now=now, limit=LIMIT)
            if not wait:
                passed.append(now)

        for start in passed:
            assert sum(start <= moment < start + LIMIT.window for moment in passed) <= 2 * LIMIT.failures


class TestRefund:
    def test_takes_back_one_charge_and_its_lock(self) -> None:
        attempts, _ = charged(Attempts(4, NOW, None), now=NOW, limit=LIMIT)

        assert refunded(attempts, limit=LIMIT) == Attempts(4, NOW, None)

    def test_never_goes_below_zero(self) -> None:
        assert refunded(Attempts(0, NOW, None), limit=LIMIT).failures == 0
