from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from kit.access import Actor
from roster.queries import belonging
from training.messages.registrations.kinds import Channel
from training.messages.registrations.models import ChannelRegistration


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the member's organisation, and by the member."""
    return or_(belonging(ChannelRegistration.organization_id)(actor), actor.is_self(ChannelRegistration.member_id))


def reached_by(channel: Channel, people: Collection[UUID]) -> Select[UUID]:
    query = select(ChannelRegistration.member_id).where(ChannelRegistration.channel == channel)
    return query.where(ChannelRegistration.ended_on.is_(None), ChannelRegistration.member_id.in_(people))
