from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class ReportChanged(Payload, title="述职变更"):
    """What was reported and commented stays where it is."""

    type: ClassVar[str] = "scoring.report.changed.v1"
    review_id: UUID
    subject_id: UUID
    version: int
    is_absent: bool
    submitted_on: date
    commented_on: date | None
