"""The port by which messages leave: each channel says whom of the group it takes, and why not the others.

Nothing is sent over a network: the inbox is read here, and what SMS or a QQ group takes is exported to its platform,
whose refusals come back as rejected deliveries.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from training.messages.messages.kinds import DeliveryFailure
from training.messages.registrations.kinds import Channel
from training.messages.registrations.queries import reached_by

Notifier = Callable[[AsyncSession, Collection[UUID]], Awaitable[Mapping[UUID, DeliveryFailure]]]


async def to_inboxes(_db: AsyncSession, _people: Collection[UUID]) -> Mapping[UUID, DeliveryFailure]:
    """Everybody has one."""
    return {}


def to_registered(channel: Channel) -> Notifier:
    """Takes those who are registered with the channel."""

    async def taken(db: AsyncSession, people: Collection[UUID]) -> Mapping[UUID, DeliveryFailure]:
        reached = set(await db.scalars(reached_by(channel, people)))
        return dict.fromkeys(set(people) - reached, DeliveryFailure.NO_ADDRESS)

    return taken


NOTIFIERS: Mapping[Channel, Notifier] = {
    Channel.INBOX: to_inboxes,
    Channel.SMS: to_registered(Channel.SMS),
    Channel.QQ_GROUP: to_registered(Channel.QQ_GROUP),
}
