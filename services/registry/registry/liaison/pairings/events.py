from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.liaison.pairings.kinds import PairingKind


class PairingChanged(Payload, title="结对关系变更"):
    type: ClassVar[str] = "registry.pairing.changed.v1"
    id: UUID
    kind: PairingKind
    helper_organization_id: UUID | None
    helper_unit_id: UUID | None
    partner_organization_id: UUID | None
    partner_unit_id: UUID | None
    partner_village: str | None
    paired_on: date
    ended_on: date | None
    is_void: bool
