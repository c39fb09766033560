"""Check-in codes: short enough to read aloud, kept only as a hash, good inside a window."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from kit.edge import LabelledEnum

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
SPOKEN = str.maketrans({"-": None, " ": None})


class Window(NamedTuple):
    opens_at: datetime
    closes_at: datetime


class Moment(LabelledEnum):
    EARLY = "early", "未到签到时间"
    OPEN = "open", "可以签到"
    LATE = "late", "签到已结束"


def default_window(starts_at: datetime, ends_at: datetime, opens_minutes: int) -> Window:
    return Window(starts_at - timedelta(minutes=opens_minutes), ends_at)


def is_sound(window: Window, starts_at: datetime, ends_at: datetime) -> bool:
    """A window lies around its meeting: it opens before the end, closes after the start, and at most a day off."""
    day = timedelta(days=1)
    return (
        window.opens_at < window.closes_at
        and starts_at - day <= window.opens_at < ends_at
        and starts_at < window.closes_at <= ends_at + day
    )


def moved(window: Window, given_for: Window, now_at: Window) -> Window:
    """The window of a meeting that was moved: as long before its start and after its end as it was given."""
    return Window(
        window.opens_at + (now_at.opens_at - given_for.opens_at),
        window.closes_at + (now_at.closes_at - given_for.closes_at),
    )


def moment_in(window: Window, now: datetime) -> Moment:
    if now < window.opens_at:
        return Moment.EARLY
    return Moment.OPEN if now < window.closes_at else Moment.LATE


def new_code(choose: Callable[[str], str]) -> str:
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def hash_of(code: str) -> bytes:
    """The same for `k7qm-2xhd` and `K7QM2XHD`."""
    return hashlib.sha256(code.translate(SPOKEN).upper().encode()).digest()


def contradicts(*, has_checked_in: bool, is_listed: bool, reason: str | None) -> bool:
    """Whoever checked in is not struck off without a reason."""
    return has_checked_in and not is_listed and reason is None
