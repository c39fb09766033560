"""A service is the list of its domains, lowest first; here the list becomes what the service needs."""

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from kit.domains import Domain
from kit.events.consumer import Consumer, Handler
from kit.events.log import Event


def consumers_of(domains: Sequence[Domain]) -> list[Consumer]:
    """One reader for each source; where several domains follow the same event, the lower one hears of it first."""
    found: dict[str, dict[str, list[Handler]]] = defaultdict(lambda: defaultdict(list))
    for one in (consumer for domain in domains for consumer in domain.consumers):
        for event, handler in one.handlers.items():
            found[one.source][event].append(handler)
    return [
        Consumer(source, {event: partial(_in_turn, handlers) for event, handlers in told.items()})
        for source, told in found.items()
    ]


async def _in_turn(handlers: Sequence[Handler], db: AsyncSession, event: Event) -> None:
    for handler in handlers:
        await handler(db, event)
