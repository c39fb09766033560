"""Our own events that change what somebody may do end their access tokens; the next ones say what holds now.

They are read as soon as they are committed and not by the feed: any open transaction of the cluster would hold it up,
and with it the rights of who has left (architecture D24).
"""

import asyncio
from datetime import timedelta
from uuid import UUID

import structlog
from fastapi import FastAPI
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from kit.calendar import real_now
from kit.database import Xid8, app_transaction
from registry.members.members.events import MemberChanged, UndatedMemberChanged
from registry.tree.posts.events import PostChanged

POLL_SECONDS = 0.5
LONGEST_TOKEN_LIFE = timedelta(hours=1)
MILLISECOND_IN_ID = 80
REVOKE = text("""
INSERT INTO revocations (id, subject, revoked_at)
SELECT CAST(md5(CAST(e.id AS text) || CAST(a.id AS text)) AS uuid), a.id, e.time
FROM event_log e JOIN accounts a ON a.created_at < e.time
    AND a.member_id = CASE e.type WHEN :of_post THEN CAST(e.data->>'member_id' AS uuid) ELSE e.subject END
WHERE e.type IN (:of_post, :of_member, :of_undated_member) AND e.id >= :oldest
    AND e.epoch = (SELECT max(epoch) FROM event_log) AND e.tx >= CAST(CAST(:floor AS text) AS xid8)
ON CONFLICT (id) DO NOTHING
""")
log = structlog.get_logger()


async def follow(app: FastAPI) -> None:
    """Until cancelled, on every replica: what two of them write is the same row."""
    floor = 0
    while True:
        try:
            async with app_transaction(app) as db:
                floor = await revoke_changed(db, floor)
        except (SQLAlchemyError, OSError) as error:
            log.warning("authorities.unreadable", reason=type(error).__name__)
        await asyncio.sleep(POLL_SECONDS)


async def revoke_changed(db: AsyncSession, floor: int) -> int:
    """Of transactions from `floor` on; the floor of the next time, below which none can still be committed.

    A database that was put back to an earlier moment counts from the beginning. An event older than every token that
    still lives is left alone. While a release replaces another, the older one tells of members without days.
    """
    lowest = await db.scalar(select(func.pg_snapshot_xmin(func.pg_current_snapshot(), type_=Xid8()))) or 0
    oldest = int((real_now() - LONGEST_TOKEN_LIFE).timestamp() * 1000)
    parameters = {
        "of_post": PostChanged.type,
        "of_member": MemberChanged.type,
        "of_undated_member": UndatedMemberChanged.type,
        "oldest": UUID(int=oldest << MILLISECOND_IN_ID),
        "floor": floor if floor <= lowest else 0,
    }
    await db.execute(REVOKE, parameters)
    return lowest
