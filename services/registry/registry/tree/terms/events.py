from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class ElectionChanged(Payload, title="换届选举记录变更"):
    type: ClassVar[str] = "registry.election.changed.v1"
    id: UUID
    organization_id: UUID
    held_on: date
    due_on: date | None
    term_ends_on: date
    is_void: bool
