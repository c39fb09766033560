from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from training.kinds import MeetingState
from training.meetings.make_ups import queries as make_ups
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.models import Meeting
from training.studies.study_hours import queries as study


async def overview(db: AsyncSession, as_of: date, *, actor: Actor) -> dict[str, Any]:
    """The calendar year of `as_of` up to that day, inside what the caller may see."""
    first = date(as_of.year, 1, 1)
    return {
        "as_of": as_of,
        "year": as_of.year,
        **await _meetings(db, actor, first, as_of),
        **await _make_ups(db, actor, first, as_of),
        **await _study(db, actor, as_of),
    }


async def _meetings(db: AsyncSession, actor: Actor, first: date, last: date) -> dict[str, Any]:
    seen = meetings.visible_to(actor).where(
        Meeting.state == MeetingState.CONFIRMED, Meeting.held_on.between(first, last)
    )
    rows = seen.subquery()
    query = select(
        func.count().label("meetings"),
        func.count().filter(rows.c.is_valid).label("valid_meetings"),
        func.coalesce(func.sum(rows.c.attended), 0).label("attendances"),
    ).select_from(rows)
    return dict((await db.execute(query)).mappings().one())


async def _make_ups(db: AsyncSession, actor: Actor, first: date, last: date) -> dict[str, Any]:
    rows = make_ups.visible_to(actor).subquery()
    is_done = rows.c.made_up_on.between(first, last)
    is_open = rows.c.held_on.between(first, last) & (rows.c.made_up_on.is_(None) | (rows.c.made_up_on > last))
    query = select(
        func.count().filter(is_open).label("make_ups_open"), func.count().filter(is_done).label("make_ups_done")
    ).select_from(rows)
    return dict((await db.execute(query)).mappings().one())


async def _study(db: AsyncSession, actor: Actor, as_of: date) -> dict[str, Any]:
    rows = study.study_hours(as_of.year, as_of, study.visible_to(actor)).subquery()
    query = select(
        func.coalesce(func.sum(rows.c.hours), Decimal(0)).label("study_hours_total"),
        func.count().label("members"),
        func.count().filter(rows.c.is_met).label("members_meeting_requirement"),
        func.count().filter(rows.c.is_leader).label("leaders"),
        func.count().filter(rows.c.is_leader, rows.c.is_met).label("leaders_meeting_requirement"),
    ).select_from(rows)
    return dict((await db.execute(query)).mappings().one())
