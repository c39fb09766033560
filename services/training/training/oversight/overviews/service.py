from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from training.kinds import MeetingState
from training.meetings.make_ups import queries as make_ups
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.models import Meeting
from training.oversight.overviews.schemas import OverviewRead
from training.studies.study_hours import queries as study


async def overview(db: AsyncSession, as_of: date, *, actor: Actor) -> OverviewRead:
    """The calendar year of `as_of` up to that day, inside what the caller may see: three statements, each one set."""
    first = date(as_of.year, 1, 1)
    return OverviewRead(
        as_of=as_of,
        year=as_of.year,
        **await _one(db, _meetings(actor, first, as_of)),
        **await _one(db, _make_ups(actor, first, as_of)),
        **await _one(db, _study(actor, as_of)),
    )


async def _one(db: AsyncSession, query: Select[*tuple[Any, ...]]) -> RowMapping:
    return (await db.execute(query)).mappings().one()


def _meetings(actor: Actor, first: date, last: date) -> Select[*tuple[Any, ...]]:
    return select(
        func.count().label("meetings"),
        func.count().filter(Meeting.is_valid.is_(True)).label("valid_meetings"),
        func.coalesce(func.sum(Meeting.attended), 0).label("attendances"),
    ).where(meetings.is_seen_by(actor), Meeting.state == MeetingState.CONFIRMED, Meeting.held_on.between(first, last))


def _make_ups(actor: Actor, first: date, last: date) -> Select[*tuple[Any, ...]]:
    """Open: missed this year and not made up by the day; done: made up this year, whenever it was missed."""
    is_done = MakeUp.made_up_on.between(first, last)
    is_open = and_(MakeUp.held_on.between(first, last), or_(MakeUp.made_up_on.is_(None), MakeUp.made_up_on > last))
    return select(
        func.count().filter(is_open).label("make_ups_open"), func.count().filter(is_done).label("make_ups_done")
    ).where(make_ups.is_seen_by(actor), or_(is_open, is_done))


def _study(actor: Actor, as_of: date) -> Select[*tuple[Any, ...]]:
    rows = study.study_hours(as_of.year, as_of, study.visible_to(actor)).subquery()
    return select(
        func.coalesce(func.sum(rows.c.hours), Decimal(0)).label("study_hours_total"),
        func.count().label("members"),
        func.count().filter(rows.c.is_met).label("members_meeting_requirement"),
        func.count().filter(rows.c.is_leader).label("leaders"),
        func.count().filter(rows.c.is_leader, rows.c.is_met).label("leaders_meeting_requirement"),
    ).select_from(rows)
