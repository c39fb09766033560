from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.periods import Period
from registry.liaison.appeals.models import Appeal, AppealQuarter
from registry.liaison.appeals.rules import Quarter
from registry.tree.organizations.queries import belonging


def seen(actor: Actor) -> ColumnElement[bool]:
    """Those that one's organisations owe an answer, and one's own."""
    return or_(belonging(Appeal.organization_id)(actor), actor.is_self(Appeal.author_member_id))


def overdue_on(day: date) -> ColumnElement[bool]:
    """Not answered by then, though the day of the answer was over."""
    still_open = or_(Appeal.answered_on.is_(None), Appeal.answered_on > day)
    return and_(Appeal.void_reason.is_(None), Appeal.due_on < day, still_open)


def answered_or_not(wanted: bool) -> ColumnElement[bool]:
    return Appeal.answered_on.is_not(None) if wanted else Appeal.answered_on.is_(None)


async def topics(
    db: AsyncSession, conditions: Sequence[ColumnElement[bool]], *, least: int, day: date
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Topics with at least so many appeals, the most frequent first."""
    number = func.count()
    query = select(
        Appeal.topic,
        number.label("entries"),
        func.count().filter(Appeal.answered_on.is_(None)).label("unanswered"),
        func.count().filter(overdue_on(day)).label("overdue"),
    ).where(Appeal.void_reason.is_(None), *conditions)
    query = query.group_by(Appeal.topic).having(number >= least).order_by(number.desc(), Appeal.topic)
    return (await db.execute(query)).all()


async def quarters(db: AsyncSession, quarter: Period) -> dict[UUID, Quarter]:
    """By organisation: the appeals that were due in the quarter."""
    query = (
        select(
            Appeal.organization_id,
            func.count().label("due"),
            func.count().filter(Appeal.answered_on <= Appeal.due_on).label("answered_in_time"),
        )
        .where(Appeal.void_reason.is_(None), Appeal.due_on.between(quarter.first, quarter.last))
        .group_by(Appeal.organization_id)
    )
    return {row.organization_id: Quarter(row.due, row.answered_in_time) for row in await db.execute(query)}


async def told_quarters(db: AsyncSession, ends_on: date) -> dict[UUID, AppealQuarter]:
    """Locked: two who judge the same quarter wait for each other."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"appeals:{ends_on}", 0))))
    query = select(AppealQuarter).where(AppealQuarter.ends_on == ends_on)
    return {one.organization_id: one for one in await db.scalars(query)}
