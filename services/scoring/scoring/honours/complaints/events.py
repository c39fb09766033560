from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.honours.complaints.kinds import ComplaintState
from scoring.subjects import SubjectKind


class ComplaintChanged(Payload, title="群众反映变更"):
    """Neither what was said nor by whom: that is for those who hear and decide."""

    type: ClassVar[str] = "scoring.complaint.changed.v1"
    id: UUID
    organization_id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    state: ComplaintState
    lowered_star_id: UUID | None
    is_void: bool
    revision: int
