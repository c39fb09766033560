from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.liaison.instructors.models import Instructor


class InstructorChanged(Payload, title="党建指导员变更"):
    type: ClassVar[str] = "registry.instructor.changed.v1"
    id: UUID
    name: str
    member_id: UUID | None
    organization_id: UUID
    path: str
    unit_ids: list[UUID]
    valid_from: date
    valid_to: date | None


def changed(instructor: Instructor, path: str, unit_ids: Sequence[UUID]) -> dict[str, Any]:
    payload = InstructorChanged(
        id=instructor.id,
        name=instructor.name,
        member_id=instructor.member_id,
        organization_id=instructor.organization_id,
        path=path,
        unit_ids=list(unit_ids),
        valid_from=instructor.engaged_on,
        valid_to=instructor.released_on,
    )
    return entry(payload, subject=instructor.id, version=instructor.version, root_id=instructor.root_id, path=path)
