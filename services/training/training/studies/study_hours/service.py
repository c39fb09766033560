from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Integer, RowMapping, and_, cast, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from roster.models import Member
from training.branch_sites.months.models import SiteParticipation
from training.kinds import MeetingState
from training.meetings.make_ups import queries as make_ups
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.studies.remote_classes.models import ClassViewing
from training.studies.remote_classes.queries import IS_WATCHED, name_of_class
from training.studies.study_hours import queries, rules
from training.studies.study_hours.schemas import MemberStudyHours, OnlineStudy, RemoteStudy, StudyRecord


async def member_hours(db: AsyncSession, member_id: UUID, *, year: int, actor: Actor, today: date) -> MemberStudyHours:
    """The year's sum and every attendance and make-up it is made of."""
    who = and_(queries.visible_to(actor), Member.id == member_id)
    total = (await db.execute(queries.study_hours(year, today, who))).mappings().one_or_none()
    if total is None:
        raise problems.NotFound
    first, last = rules.first_day(year), rules.last_counted_day(year, today)
    what = (Meeting.id.label("meeting_id"), Meeting.kind, Meeting.title.label("meeting_name"), Meeting.held_on)
    attended = (
        select(*what, literal(None, Meeting.held_on.type).label("made_up_on"), Participant.hours)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Participant.member_id == member_id, Participant.attended, Meeting.held_on.between(first, last))
        .where(Meeting.state == MeetingState.CONFIRMED)
    )
    made_up = (
        select(*what, MakeUp.made_up_on, MakeUp.hours)
        .join(Meeting, Meeting.id == MakeUp.meeting_id)
        .where(make_ups.STANDS, MakeUp.member_id == member_id, MakeUp.made_up_on.between(first, last))
    )
    records = (await db.execute(union_all(attended, made_up).order_by("held_on", "meeting_id"))).mappings().all()
    lines = select(SiteParticipation.month, SiteParticipation.study_minutes).where(
        SiteParticipation.member_id == member_id,
        SiteParticipation.ends_on.between(first, last),
        SiteParticipation.study_minutes > 0,
    )
    online = (await db.execute(lines.order_by(SiteParticipation.month))).mappings()
    return MemberStudyHours(
        **total,
        year=year,
        records=[StudyRecord(**record) for record in records],
        online=[OnlineStudy(**line) for line in online],
        remote=[RemoteStudy(**line) for line in await _remote(db, member_id, first, last)],
    )


async def _remote(db: AsyncSession, member_id: UUID, first: date, last: date) -> Sequence[RowMapping]:
    """What counts of each remote class, by the day it was watched."""
    what = (ClassViewing.remote_class_id, ClassViewing.watched_on)
    query = select(
        *what,
        name_of_class(ClassViewing.remote_class_id).label("remote_class_name"),
        cast(func.sum(ClassViewing.credited_minutes), Integer).label("credited_minutes"),
    )
    days = ClassViewing.watched_on.between(first, last)
    query = query.where(IS_WATCHED, ClassViewing.member_id == member_id, days).group_by(*what)
    found = await db.execute(query.having(func.sum(ClassViewing.credited_minutes) > 0).order_by(*reversed(what)))
    return found.mappings().all()
