"""Lock-out: every attempt is charged before the password is looked at, so parallel guesses gain nothing."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Limit(NamedTuple):
    failures: int
    window: timedelta


class Attempts(NamedTuple):
    failures: int
    window_started_at: datetime
    locked_until: datetime | None


def charged(attempts: Attempts | None, *, now: datetime, limit: Limit) -> tuple[Attempts, timedelta]:
    """One attempt more, and how long the caller has to wait (zero: the attempt may go on)."""
    if attempts is not None and attempts.locked_until is not None and attempts.locked_until > now:
        return attempts, attempts.locked_until - now
    if attempts is None or attempts.locked_until is not None or now - attempts.window_started_at >= limit.window:
        attempts = Attempts(0, now, None)
    failures = attempts.failures + 1
    locked_until = now + limit.window if failures >= limit.failures else None
    return Attempts(failures, attempts.window_started_at, locked_until), timedelta(0)


def refunded(attempts: Attempts, *, limit: Limit) -> Attempts:
    """A success takes its own charge back, never the failures of others from the same address."""
    failures = max(0, attempts.failures - 1)
    return Attempts(failures, attempts.window_started_at, attempts.locked_until if failures >= limit.failures else None)
