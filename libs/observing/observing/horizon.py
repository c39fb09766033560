"""The feeds serve nothing younger than the oldest open transaction of the whole cluster (architecture D8)."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

STANDING_STILL_SECONDS = 10
WAITING = text("""
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(log.time)), 0)::float FROM event_log log
WHERE log.epoch = (SELECT max(epoch) FROM event_log) AND log.tx >= pg_snapshot_xmin(pg_current_snapshot())
""")
HOLDER = text("""
SELECT coalesce(held.pid::text, 'none: prepared') AS process, coalesce(who.usename, '') AS role,
       coalesce(who.datname, '') AS database, coalesce(who.application_name, '') AS application
FROM pg_locks held LEFT JOIN pg_stat_activity who ON who.pid = held.pid
WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
  AND held.transactionid = CAST(pg_snapshot_xmin(pg_current_snapshot()) AS xid)
""")


async def waiting_seconds(db: AsyncConnection | AsyncSession) -> float:
    """How long the oldest event has waited that no reader is given yet."""
    return float((await db.execute(WAITING)).scalar_one())


async def state_of_feed(db: AsyncSession) -> str:
    """ "ok", or for how long it has stood still and, after " by ", who holds it up; any role may see that much."""
    seconds = await waiting_seconds(db)
    if seconds < STANDING_STILL_SECONDS:
        return "ok"
    held = (await db.execute(HOLDER)).first()
    if held is None:
        return f"held up for {seconds:.0f} s"
    who = f"role {held.role}, database {held.database}, application {held.application}"
    return f"held up for {seconds:.0f} s by process {held.process} ({who})"
