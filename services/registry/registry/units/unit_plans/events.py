from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class UnitPlanChanged(Payload, title="一企一策变更"):
    type: ClassVar[str] = "registry.unit_plan.changed.v1"
    id: UUID
    unit_id: UUID
    planned_on: date
    due_on: date
    ended_on: date | None
    is_void: bool
