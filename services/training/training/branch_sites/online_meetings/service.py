"""网上组织生活: a planned meeting is held in a column of the branch's own site, and who is expected writes there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import SHANGHAI
from kit.clock import business_now
from records.registers import Register
from records.voiding import void_row
from roster.queries import name_of
from training.branch_sites.columns.service import COLUMNS, SiteColumnEnded, SiteColumnNotFound
from training.branch_sites.online_meetings import queries
from training.branch_sites.online_meetings.models import OnlineMeeting
from training.branch_sites.online_meetings.schemas import (
    OnlineMeetingChanged,
    OnlineMeetingCreate,
    OnlineMeetingFigures,
    OnlineMeetingRead,
)
from training.branch_sites.sites.kinds import SiteState
from training.branch_sites.sites.models import BranchSite, SiteColumn, SitePost
from training.branch_sites.sites.queries import name_of_site, open_to
from training.branch_sites.sites.service import refuse_other_states, tell
from training.kinds import Audience, MeetingKind, MeetingState
from training.meetings.meetings.errors import MeetingCancelled
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.service import MEETINGS


class OnlineMeetingNotFound(problems.NotFound):
    code = "online-meeting-not-found"
    detail = "没有这次网上组织生活,或您看不到它"


class AlreadyOnline(problems.Conflict):
    code = "meeting-already-online"
    detail = "这次会议已登记为网上组织生活"


class ColumnOfAnother(problems.Unprocessable):
    code = "column-of-another"
    detail = "会议只能在本党组织网上支部的栏目里进行;支委会、谈心谈话等不对全体党员开的会议和培训班不在网上支部进行"


class MeetingOver(problems.Conflict):
    code = "meeting-over"
    detail = "会议的考勤已经确认,网上组织生活须在此之前登记"


class HasPosts(problems.Conflict):
    code = "online-meeting-has-posts"
    detail = "已有 {count} 条留言,不能再作废"


class NotInThisColumn(problems.Unprocessable):
    code = "not-in-this-column"
    detail = "这次网上组织生活不在所填的栏目进行"


class NotOpenForPosts(problems.Conflict):
    code = "online-meeting-not-open"
    detail = "网上组织生活在 {starts_at:%m月%d日%H:%M} 至 {ends_at:%m月%d日%H:%M} 之间留言"


class NotExpectedOnline(problems.Forbidden):
    code = "not-expected-online"
    detail = "您不在这次会议的应到名单中"


ONLINE_MEETINGS = Register(
    "网上组织生活",
    OnlineMeeting,
    OnlineMeetingRead,
    OnlineMeetingNotFound,
    open_to(OnlineMeeting.organization_id),
    derived={
        "organization_name": name_of(OnlineMeeting.organization_id),
        "branch_site_name": name_of_site(OnlineMeeting.branch_site_id),
        "site_column_name": queries.name_of_column(),
        "meeting_name": queries.of_meeting(Meeting.title),
        **{
            name: queries.of_meeting(getattr(Meeting, name))
            for name in ("kind", "starts_at", "ends_at", "held_on", "state", "expected", "attended")
        },
        "posts": queries.shown(SitePost.id),
        "writers": queries.shown(SitePost.author_member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_online_meetings_meeting_id": AlreadyOnline}


async def hold_online(db: AsyncSession, entry: OnlineMeetingCreate, *, actor: Actor) -> OnlineMeeting:
    meeting = await MEETINGS.require(db, actor, entry.meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise MeetingCancelled
    column = await COLUMNS.find(db, actor, entry.site_column_id)
    if column is None:
        raise SiteColumnNotFound
    if column.ended_on is not None:
        raise SiteColumnEnded
    is_for_all = meeting.audience is Audience.MEMBERS and meeting.kind is not MeetingKind.CLASS
    if column.organization_id != meeting.organization_id or not is_for_all:
        raise ColumnOfAnother
    if meeting.state is MeetingState.CONFIRMED:
        raise MeetingOver
    refuse_other_states(await db.get_one(BranchSite, column.branch_site_id), (SiteState.ONLINE,))
    online = OnlineMeeting(
        **entry.model_dump(),
        branch_site_id=column.branch_site_id,
        organization_id=column.organization_id,
        root_id=column.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(online)
    return await _tell(db, online, actor)


async def void(db: AsyncSession, online: OnlineMeeting, reason: str, *, actor: Actor) -> OnlineMeeting:
    """Only while nobody has written in it: what was said at a meeting stays said at it."""
    written = len((await db.scalars(select(SitePost.id).where(SitePost.online_meeting_id == online.id))).all())
    if written:
        raise HasPosts(count=written)
    void_row(db, online, reason)
    return await _tell(db, online, actor)


async def admit_post(
    db: AsyncSession, online_meeting_id: UUID, column: SiteColumn, *, person: UUID, now: datetime
) -> None:
    """Whoever is expected writes while the meeting lasts; it is no attendance, which the branch records as ever."""
    online = await db.get(OnlineMeeting, online_meeting_id, with_for_update={"read": True})
    if online is None or online.void_reason is not None or online.site_column_id != column.id:
        raise NotInThisColumn
    meeting = await db.get_one(Meeting, online.meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise MeetingCancelled
    expected = select(Participant.id).where(Participant.meeting_id == meeting.id, Participant.member_id == person)
    if await db.scalar(expected) is None:
        raise NotExpectedOnline
    if not meeting.starts_at <= now < meeting.ends_at:
        raise NotOpenForPosts(
            starts_at=meeting.starts_at.astimezone(SHANGHAI), ends_at=meeting.ends_at.astimezone(SHANGHAI)
        )


async def read_figures(
    db: AsyncSession, *, first: date | None, last: date | None, organization_id: UUID | None, actor: Actor
) -> OnlineMeetingFigures:
    query = queries.figures(ONLINE_MEETINGS.seen(actor), first=first, last=last, organization_id=organization_id)
    return OnlineMeetingFigures(**(await db.execute(query)).mappings().one())


async def _tell(db: AsyncSession, online: OnlineMeeting, actor: Actor) -> OnlineMeeting:
    await db.flush()
    told = OnlineMeetingChanged(
        id=online.id,
        organization_id=online.organization_id,
        meeting_id=online.meeting_id,
        branch_site_id=online.branch_site_id,
        site_column_id=online.site_column_id,
        is_void=online.void_reason is not None,
    )
    await tell(db, told, online, actor=actor)
    return online
