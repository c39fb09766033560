from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from kit.access import Actor
from roster.queries import belonging
from training.messages.messages.kinds import DeliveryState
from training.messages.messages.models import Delivery, Message
from training.messages.registrations.models import ChannelRegistration

ACCEPTED = Delivery.state == DeliveryState.ACCEPTED


def of_message(column: Any) -> Any:
    return select(column).where(Message.id == Delivery.message_id).scalar_subquery()


def counted(*which: ColumnElement[bool]) -> Any:
    query = select(func.count()).where(Delivery.message_id == Message.id, *which)
    return query.correlate(Message).scalar_subquery()


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the sender, and by whom it reached, until it is called back."""
    own = and_(actor.is_self(Delivery.member_id), ACCEPTED, of_message(Message.void_reason).is_(None))
    return or_(belonging(Delivery.organization_id)(actor), own)


def reference() -> Any:
    """What the channel's platform knows the recipient by, for whoever hands the list over."""
    registered = (
        select(ChannelRegistration.reference)
        .join(Message, Message.channel == ChannelRegistration.channel)
        .where(Message.id == Delivery.message_id, ChannelRegistration.member_id == Delivery.member_id)
        .where(ChannelRegistration.ended_on.is_(None), ChannelRegistration.recorded_at <= Delivery.recorded_at)
    )
    return registered.correlate(Delivery).scalar_subquery()


def is_read(wanted: bool) -> ColumnElement[bool]:
    return Delivery.read_at.is_not(None) if wanted else Delivery.read_at.is_(None)
