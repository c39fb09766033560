from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from kit.access import Actor
from roster.models import Member
from roster.queries import belonging
from training.studies.remote_classes.models import ClassViewing, RemoteClass

STANDS = ClassViewing.void_reason.is_(None)
IS_WATCHED = and_(
    STANDS, ClassViewing.remote_class_id.in_(select(RemoteClass.id).where(RemoteClass.void_reason.is_(None)))
)


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
    return select(ClassViewing.id).where(ClassViewing.member_id == member_id, STANDS, *within).limit(1)


def watched_of(remote_class_id: UUID, member_id: UUID) -> Select[ClassViewing]:
    query = select(ClassViewing).where(ClassViewing.remote_class_id == remote_class_id, STANDS)
    return query.where(ClassViewing.member_id == member_id).order_by(ClassViewing.started_at, ClassViewing.id)
