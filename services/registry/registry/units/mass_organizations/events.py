from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.units.units.kinds import MassOrganizationKind


class MassOrganizationHeadChanged(Payload, title="群团组织负责人变更"):
    type: ClassVar[str] = "registry.mass_organization_head.changed.v1"
    id: UUID
    unit_id: UUID
    kind: MassOrganizationKind
    valid_from: date
    ended_on: date | None
    is_void: bool
