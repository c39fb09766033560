from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class LeaderContactChanged(Payload, title="领导干部联系点变更"):
    type: ClassVar[str] = "registry.leader_contact.changed.v1"
    id: UUID
    organization_id: UUID
    valid_from: date
    ended_on: date | None
    is_void: bool


class LeaderVisitChanged(Payload, title="领导干部走访变更"):
    type: ClassVar[str] = "registry.leader_visit.changed.v1"
    id: UUID
    leader_contact_id: UUID
    organization_id: UUID
    visited_on: date
    is_void: bool
