from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from roster.models import Member
from scoring.points.diary.models import DiaryEntry, DiaryMonth
from scoring.reference.projections.queries import members_visible_to


def seen_by(actor: Actor) -> ColumnElement[bool]:
    return DiaryEntry.member_id.in_(select(Member.id).where(members_visible_to(actor)))


async def practised(
    db: AsyncSession, member_ids: Sequence[UUID], first: date, last: date
) -> dict[UUID, list[tuple[date, str]]]:
    query = select(DiaryEntry.member_id, DiaryEntry.practised_on, DiaryEntry.kind).where(
        DiaryEntry.member_id.in_(member_ids), DiaryEntry.practised_on.between(first, last)
    )
    found: dict[UUID, list[tuple[date, str]]] = {}
    for member_id, day, kind in await db.execute(query):
        found.setdefault(member_id, []).append((day, kind))
    return found


async def lock_month(db: AsyncSession, organization_id: UUID, month: str, *, alone: bool) -> bool:
    """Writers share the month, whoever closes it has it alone; whether it is closed already."""
    lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
    await db.execute(select(lock(func.hashtextextended(f"diary:{organization_id}:{month}", 0))))
    return await db.get(DiaryMonth, (organization_id, month)) is not None
