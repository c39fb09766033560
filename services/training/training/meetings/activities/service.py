from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.ids import uuid7
from records.columns import shown
from records.events import record_event
from training.kinds import ACTIVITIES
from training.meetings.activities import queries
from training.meetings.activities.events import HeadsCounted
from training.meetings.activities.schemas import ActivityFigure, ActivityFigures, HeadCount, SeriesPlan, SeriesRead
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.schemas import MeetingPlan, MeetingRead
from training.meetings.meetings.service import MEETINGS, lock_planned, plan_meeting

A_WEEK = timedelta(weeks=1)
LONGEST_SERIES = timedelta(days=366)


class NotAnActivity(problems.Unprocessable):
    code = "not-an-activity"
    detail = "{kind}不是活动:不能每周重复,也不登记队数和党员以外的人数"


class SeriesMismatch(problems.Unprocessable):
    code = "series-mismatch"
    detail = "重复至的日期须晚于首次日期至少一周,且不超过一年"


class TooManyEnterpriseHeads(problems.Unprocessable):
    code = "too-many-enterprise-heads"
    detail = "企业出资人和负责人是党员以外人数的一部分,不能更多"


async def plan_series(db: AsyncSession, plan: SeriesPlan, *, actor: Actor, now: datetime) -> SeriesRead:
    """The same activity every week, from its first day on: each one is then changed, held and confirmed by itself."""
    refuse_other_kinds(plan.kind in ACTIVITIES, plan.kind.label)
    first = day_of(plan.starts_at)
    if not first + A_WEEK <= plan.repeats_until <= first + LONGEST_SERIES:
        raise SeriesMismatch
    series = uuid7()
    for one in weekly(plan, first):
        await plan_meeting(db, one, actor=actor, now=now, series=series)
    rows = await db.execute(MEETINGS.rows().where(Meeting.series == series).order_by(Meeting.held_on))
    return SeriesRead(series=series, meetings=[shown(MeetingRead, row) for row in rows])


def weekly(plan: SeriesPlan, first: date) -> Iterator[MeetingPlan]:
    for week in range((plan.repeats_until - first) // A_WEEK + 1):
        later = {"starts_at": plan.starts_at + week * A_WEEK, "ends_at": plan.ends_at + week * A_WEEK}
        yield MeetingPlan.model_construct(**plan.model_dump(exclude={"repeats_until"}) | later)


def refuse_other_kinds(is_activity: bool, label: str) -> None:
    if not is_activity:
        raise NotAnActivity(kind=label)


async def count_heads(
    db: AsyncSession, meeting_id: UUID, heads: HeadCount, *, expected_version: int, actor: Actor
) -> Meeting:
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    refuse_other_kinds(meeting.kind in ACTIVITIES, meeting.kind.label)
    if heads.enterprise_heads > heads.guests:
        raise TooManyEnterpriseHeads
    counted = heads.model_dump()
    for name, value in counted.items():
        setattr(meeting, name, value)
    await db.flush()
    told = HeadsCounted(
        meeting_id=meeting.id, organization_id=meeting.organization_id, held_on=meeting.held_on, **counted
    )
    path = await meetings.organization_path(db, meeting.organization_id)
    await record_event(
        db, told, subject=meeting.id, version=meeting.version, root_id=meeting.root_id, path=path, actor=actor
    )
    return meeting


async def read_figures(
    db: AsyncSession, *, actor: Actor, from_day: date, to_day: date, under: UUID | None
) -> ActivityFigures:
    rows = await db.execute(queries.figures(actor, from_day, to_day, under))
    return ActivityFigures(from_day=from_day, to_day=to_day, figures=[shown(ActivityFigure, row) for row in rows])
