"""When the container `backup` works: once a day at its hour, a full backup once a week."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from deploy.backup.material import FULL, INCREMENTAL
from deploy.backup.repository import Backup

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
# Half a day less than a week, so that a full backup that ended late does not move the next by a day.
FULL_EVERY = timedelta(days=6, hours=12)
CLOCK_MAY_STEP = timedelta(minutes=5)


def due(now: datetime, backups: Sequence[Backup], hour: int) -> str | None:
    """`full`, `incr` or nothing; `hour` in China's time, `backups` oldest first.

    One from the future was taken while the clock was wrong: it says nothing of today.
    """
    past = [backup for backup in backups if backup.finished_at <= now + CLOCK_MAY_STEP]
    full = [backup for backup in past if backup.kind == FULL]
    if not full:
        return FULL
    last = latest(now, hour)
    if past[-1].finished_at >= last:
        return None
    return FULL if last - full[-1].finished_at >= FULL_EVERY else INCREMENTAL


def latest(now: datetime, hour: int) -> datetime:
    """The last time it was that hour."""
    today = now.astimezone(CHINA).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - DAY
