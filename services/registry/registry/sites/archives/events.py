from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.sites.archives.kinds import ArchiveCategory


class ArchiveEntryChanged(Payload, title="归档材料变更"):
    """Its title is written by people and stays out."""

    type: ClassVar[str] = "registry.archive_entry.changed.v1"
    id: UUID
    organization_id: UUID
    category: ArchiveCategory
    dated_on: date
    entered_on: date
    is_void: bool
