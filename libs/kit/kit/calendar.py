"""Days and instants as people here read them: Shanghai's calendar and the machine's own clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
CLOCKS_MAY_DIFFER_SECONDS = 10.0


def real_now() -> datetime:
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The Shanghai calendar day an instant falls on."""
    return moment.astimezone(SHANGHAI).date()


def clock_check(before: float, told: float, after: float) -> str:
    """How far what another clock told is from our own before and after it (Unix seconds); `ok` within ten seconds."""
    off = max(before - told, told - after)
    return "ok" if off <= CLOCKS_MAY_DIFFER_SECONDS else f"differs by {int(off)} s"
