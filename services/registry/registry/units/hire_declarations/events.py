"""What is told of declarations on hire: days and head counts, never a person."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class HireDeclarationChanged(Payload, title="入职亮明身份变更"):
    type: ClassVar[str] = "registry.hire_declaration.changed.v1"
    id: UUID
    unit_id: UUID
    hired_on: date
    people: int
    declared: int
    members: int
    declared_on: date | None
    is_void: bool
