"""What is told of integrity cards: that a line was written or void, and of which kind; never its content."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.members.integrity_cards.kinds import IntegrityKind


class IntegrityEntryCreated(Payload, title="记入诚信卡"):
    type: ClassVar[str] = "registry.integrity_entry.created.v1"
    id: UUID
    member_id: UUID
    organization_id: UUID
    kind: IntegrityKind
    happened_on: date


class IntegrityEntryVoided(IntegrityEntryCreated, title="作废诚信卡记录"):
    type: ClassVar[str] = "registry.integrity_entry.voided.v1"
