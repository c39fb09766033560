"""What is told of members who were found: kind and days, never the name."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.members.screenings.kinds import FoundBy, FoundKind


class FoundMemberChanged(Payload, title="排查党员变更"):
    type: ClassVar[str] = "registry.found_member.changed.v1"
    id: UUID
    organization_id: UUID
    kind: FoundKind
    found_by: FoundBy
    found_on: date
    shown_on: date | None
    is_void: bool
