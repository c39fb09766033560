from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Select, and_, cast, func, select

from roster.queries import ids_at_or_below
from training.branch_sites.online_meetings.models import OnlineMeeting
from training.branch_sites.sites.kinds import PostState
from training.branch_sites.sites.models import SiteColumn, SitePost
from training.kinds import MeetingState
from training.meetings.meetings.models import Meeting, Participant

SHOWN_IN_IT = and_(SitePost.online_meeting_id == OnlineMeeting.id, SitePost.state == PostState.SHOWN)


def of_meeting(column: Any) -> Any:
    return select(column).where(Meeting.id == OnlineMeeting.meeting_id).scalar_subquery()


def name_of_online_meeting(online_meeting_id: Any) -> Any:
    query = select(Meeting.title).join(OnlineMeeting, OnlineMeeting.meeting_id == Meeting.id)
    return query.where(OnlineMeeting.id == online_meeting_id).scalar_subquery()


def name_of_column() -> Any:
    return select(SiteColumn.name).where(SiteColumn.id == OnlineMeeting.site_column_id).scalar_subquery()


def shown(counted: Any) -> Any:
    """Of the messages and comments shown in it."""
    return select(func.count(counted.distinct())).where(SHOWN_IN_IT).correlate(OnlineMeeting).scalar_subquery()


def figures(
    seen: ColumnElement[bool], *, first: date | None, last: date | None, organization_id: UUID | None
) -> Select[*tuple[Any, ...]]:
    """Of those confirmed: how many there were, who came, and what was written in them."""
    held = select(OnlineMeeting.id, OnlineMeeting.meeting_id, Meeting.attended).join(
        Meeting, Meeting.id == OnlineMeeting.meeting_id
    )
    held = held.where(seen, OnlineMeeting.void_reason.is_(None), Meeting.state == MeetingState.CONFIRMED)
    if first is not None:
        held = held.where(Meeting.held_on >= first)
    if last is not None:
        held = held.where(Meeting.held_on <= last)
    if organization_id is not None:
        held = held.where(OnlineMeeting.organization_id.in_(ids_at_or_below(organization_id)))
    ours = held.cte("held")
    came = select(func.count(Participant.member_id.distinct())).where(
        Participant.meeting_id.in_(select(ours.c.meeting_id)), Participant.attended
    )
    written = select(func.count()).where(
        SitePost.online_meeting_id.in_(select(ours.c.id)), SitePost.state == PostState.SHOWN
    )
    return select(
        func.count().label("meetings"),
        cast(func.coalesce(func.sum(ours.c.attended), 0), BigInteger).label("person_times"),
        came.scalar_subquery().label("people"),
        written.scalar_subquery().label("posts"),
    ).select_from(ours)
