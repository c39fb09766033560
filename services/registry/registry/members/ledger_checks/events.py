from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class LedgerChecked(Payload, title="党员台账核对变更"):
    """`holds` while the check stands and agrees with the register."""

    type: ClassVar[str] = "registry.ledger_check.changed.v1"
    id: UUID
    organization_id: UUID
    quarter_ends_on: date
    stated: int
    counted: int
    holds: bool
    revision: int
