from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from registry.oversight.rectifications.kinds import RectificationStage
from registry.oversight.rectifications.models import Rectification, RectificationNote

IS_RUNNING = and_(Rectification.void_reason.is_(None), Rectification.stage != RectificationStage.CLOSED)


def is_running_for(organization_id: Any) -> ColumnElement[bool]:
    return exists(select(1).where(Rectification.organization_id == organization_id, IS_RUNNING))


async def is_running(db: AsyncSession, organization_id: UUID) -> bool:
    return bool(await db.scalar(select(is_running_for(organization_id))))


def is_overdue_on(day: date) -> ColumnElement[bool]:
    return and_(IS_RUNNING, Rectification.due_on < day)


def notes_of(rectification_id: Any) -> Any:
    """As JSON beside the rectification, the oldest first."""
    note = RectificationNote
    shown = func.json_build_object("noted_on", note.noted_on, "content", note.content)
    ordered = aggregate_order_by(shown, note.noted_on, note.id)
    query = select(func.json_agg(ordered)).where(note.rectification_id == rectification_id)
    return query.scalar_subquery()


async def notes(db: AsyncSession, rectification_id: UUID) -> int:
    query = select(func.count()).where(RectificationNote.rectification_id == rectification_id)
    return await db.scalar(query) or 0
