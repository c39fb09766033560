from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.subjects import SubjectKind


class ReportChanged(Payload, title="述职变更"):
    """What was reported stays where it is."""

    type: ClassVar[str] = "scoring.report.changed.v1"
    review_id: UUID
    subject_id: UUID
    version: int
    is_absent: bool
    submitted_on: date


class ReportCommented(Payload, title="点评述职"):
    """What was said stays with the report; without a comment it was taken back. The day is that of the first one."""

    type: ClassVar[str] = "scoring.report.commented.v1"
    review_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
    commented_on: date
    is_commented: bool
    revision: int
