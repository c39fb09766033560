from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.units.ledgers.kinds import LedgerBlock


class LedgerEntryChanged(Payload, title="五清台账记录变更"):
    type: ClassVar[str] = "registry.ledger_entry.changed.v1"
    id: UUID
    unit_id: UUID
    block: LedgerBlock
    checked_on: date
    is_void: bool
