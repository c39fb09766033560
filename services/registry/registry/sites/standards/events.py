from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.sites.demonstration_points.models import DemonstrationLevel


class SiteStandardChanged(Payload, title="示范点标准变更"):
    type: ClassVar[str] = "registry.site_standard.changed.v1"
    id: UUID
    level: DemonstrationLevel
    valid_from: date
    is_void: bool
