"""The event log of a service: audit trail of writes, outbox and feed in one (architecture D7, D8)."""

from kit.events.consumer import Consumer
from kit.events.log import Event, append, append_many

__all__ = ["Consumer", "Event", "append", "append_many"]
