from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload


class StudyOutcome(Payload):
    member_id: UUID
    hours: Amount
    required: Amount
    is_met: bool


class StudyYearSettled(Payload, title="年度学时结算"):
    """A later revision corrects what the earlier ones told of the same year; leaders are members too."""

    type: ClassVar[str] = "training.study_year.settled.v1"
    year: int
    revision: int
    organization_id: UUID
    path: str
    members: list[StudyOutcome]
    leaders: list[StudyOutcome]
