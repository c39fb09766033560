from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, bindparam, or_, select

from kit.access import Actor
from roster.models import Member
from training.messages.registrations.kinds import Channel
from training.messages.registrations.models import ChannelRegistration

WHERE_NOW = select(Member.organization_id).where(Member.id == ChannelRegistration.member_id).scalar_subquery()


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above where the member is now, and by the member: it moves with the member."""
    near = ChannelRegistration.member_id.in_(select(Member.id).where(actor.reaches(Member.path)))
    return or_(near, actor.is_self(ChannelRegistration.member_id))


def reached_by(channel: Channel, people: Collection[UUID]) -> Select[UUID]:
    asked = any_(bindparam("people", list(people), type_=ARRAY(Uuid)))
    query = select(ChannelRegistration.member_id).where(ChannelRegistration.channel == channel)
    return query.where(ChannelRegistration.ended_on.is_(None), ChannelRegistration.member_id == asked)
