from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.reviews.pledges.models import Fulfilment
from scoring.subjects import SubjectKind


class PledgeEvent(Payload):
    pledge_id: UUID
    review_id: UUID
    organization_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
    content: str


class PledgeSubmitted(PledgeEvent, title="提交承诺"):
    type: ClassVar[str] = "scoring.pledge.submitted.v1"


class PledgeApproved(PledgeEvent, title="审定承诺"):
    type: ClassVar[str] = "scoring.pledge.approved.v1"
    approved_on: date


class PledgeReturned(PledgeEvent, title="退回承诺"):
    type: ClassVar[str] = "scoring.pledge.returned.v1"


class PledgeRated(PledgeEvent, title="评定承诺兑现"):
    type: ClassVar[str] = "scoring.pledge.rated.v1"
    revision: int
    rated_on: date
    fulfilment: Fulfilment
    is_fulfilled: bool


class PledgeExempted(Payload, title="登记免承诺"):
    """The reason stays with the record."""

    type: ClassVar[str] = "scoring.pledge.exempted.v1"
    review_id: UUID
    subject_id: UUID
    subject_kind: SubjectKind
