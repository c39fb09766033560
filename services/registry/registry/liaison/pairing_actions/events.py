from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.liaison.pairings.kinds import PairingKind


class Helped(Payload):
    organization_id: UUID


class PairingActionChanged(Payload, title="帮扶活动变更"):
    """`organizations` are those that helped; `is_earning` says whether it counts as 结对帮扶; a void one does not."""

    type: ClassVar[str] = "registry.pairing_action.changed.v1"
    id: UUID
    pairing_id: UUID
    kind: PairingKind
    acted_on: date
    organizations: list[Helped]
    is_earning: bool
    revision: int
