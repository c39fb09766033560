from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.units.projects.kinds import ProjectCheck


class InvestmentProjectChanged(Payload, title="投资项目变更"):
    type: ClassVar[str] = "registry.investment_project.changed.v1"
    id: UUID
    organization_id: UUID
    signed_on: date
    checks: list[ProjectCheck]
    is_void: bool
