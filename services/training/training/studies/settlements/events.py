from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload


class OwnOutcome(Payload):
    member_id: UUID
    hours: Amount
    required: Amount
    is_met: bool


class StudyOutcome(OwnOutcome):
    """`required` is one's own, which is a leader's for a leader; `required_of_members` is what every member needs."""

    required_of_members: Amount


class YearOfOrganization(Payload):
    """A later revision corrects what the earlier ones told of the same year; leaders are members too."""

    year: int
    revision: int
    organization_id: UUID
    path: str


class OwnYearSettled(YearOfOrganization, title="年度学时结算(只含本人应得学时)"):
    """What was told before the members' requirement was; it stands in the log and is told no more."""

    type: ClassVar[str] = "training.study_year.settled.v1"
    members: list[OwnOutcome]
    leaders: list[OwnOutcome]


class StudyYearSettled(YearOfOrganization, title="年度学时结算"):
    type: ClassVar[str] = "training.study_year.settled.v2"
    members: list[StudyOutcome]
    leaders: list[StudyOutcome]
