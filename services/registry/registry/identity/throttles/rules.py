"""Lock-out: every attempt is charged before the password is looked at, so parallel guesses gain nothing."""

from datetime import datetime, timedelta
from typing import NamedTuple


class Limit(NamedTuple):
    failures: int
    window: timedelta


class Standing(NamedTuple):
    failures: int
    window_started_at: datetime
    locked_until: datetime | None


def charged(standing: Standing | None, *, now: datetime, limit: Limit) -> tuple[Standing, timedelta]:
    """The standing after one more attempt, and how long the caller has to wait (zero: the attempt may go on)."""
    if standing is not None and standing.locked_until is not None and standing.locked_until > now:
        return standing, standing.locked_until - now
    if standing is None or standing.locked_until is not None or now - standing.window_started_at >= limit.window:
        standing = Standing(0, now, None)
    failures = standing.failures + 1
    locked_until = now + limit.window if failures >= limit.failures else None
    return Standing(failures, standing.window_started_at, locked_until), timedelta(0)


def refunded(standing: Standing, *, limit: Limit) -> Standing:
    """A success takes its own charge back, never the failures of others from the same address."""
    failures = max(0, standing.failures - 1)
    return Standing(failures, standing.window_started_at, standing.locked_until if failures >= limit.failures else None)
