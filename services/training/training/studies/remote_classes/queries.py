from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select

from kit.access import Actor
from roster.models import Member
from roster.queries import belonging
from training.kinds import MeetingState
from training.meetings.meetings.models import Meeting, Participant
from training.studies.remote_classes.models import ClassViewing, RemoteClass

STANDS = ClassViewing.void_reason.is_(None)
OF_STANDING_CLASSES = and_(
    STANDS, ClassViewing.remote_class_id.in_(select(RemoteClass.id).where(RemoteClass.void_reason.is_(None)))
)
A_DAY = timedelta(days=1)
AT_A_MEETING = exists(
    select(Participant.id)
    .join(Meeting, Meeting.id == Participant.meeting_id)
    .where(Participant.member_id == ClassViewing.member_id, Participant.attended, Participant.hours > 0)
    .where(Meeting.state == MeetingState.CONFIRMED, Meeting.ends_at - Meeting.starts_at <= A_DAY)
    .where(Meeting.starts_at < ClassViewing.ended_at, Meeting.ends_at > ClassViewing.started_at)
    .correlate(ClassViewing)
)
"""Whoever came to a meeting at that time did not watch a class; the time counts once, as the meeting's."""
IS_WATCHED = and_(OF_STANDING_CLASSES, not_(AT_A_MEETING))


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the member's organisation, and by whoever watched."""
    return or_(belonging(ClassViewing.organization_id)(actor), actor.is_self(ClassViewing.member_id))


def name_of_class(remote_class_id: Any) -> Any:
    return select(RemoteClass.title).where(RemoteClass.id == remote_class_id).scalar_subquery()


def of_viewings(figure: Any) -> Any:
    """A figure over what was watched of the class."""
    query = select(func.coalesce(figure, 0)).where(ClassViewing.remote_class_id == RemoteClass.id, STANDS)
    return query.correlate(RemoteClass).scalar_subquery()


def lock_member(member_id: UUID | None) -> Select[UUID]:
    """What one member watched is counted one piece after the other."""
    return select(Member.id).where(Member.id == member_id).with_for_update(key_share=True)


def watched_meanwhile(member_id: UUID, started_at: datetime, ended_at: datetime) -> Select[UUID]:
    within = (ClassViewing.started_at < ended_at, ClassViewing.ended_at > started_at)
    return select(ClassViewing.id).where(ClassViewing.member_id == member_id, OF_STANDING_CLASSES, *within).limit(1)


def standing_of(remote_class_id: UUID) -> Select[ClassViewing]:
    return select(ClassViewing).where(ClassViewing.remote_class_id == remote_class_id, STANDS).with_for_update()


def watched_of(remote_class_id: UUID, member_id: UUID) -> Select[ClassViewing]:
    query = select(ClassViewing).where(ClassViewing.remote_class_id == remote_class_id, STANDS)
    return query.where(ClassViewing.member_id == member_id).order_by(ClassViewing.started_at, ClassViewing.id)
