from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Month, Payload
from scoring.points.evaluations.models import MonthlyGrade


class EvaluationEvent(Payload):
    organization_id: UUID
    month: Month


class EvaluationOpened(EvaluationEvent, title="开启月度评价"):
    type: ClassVar[str] = "scoring.monthly_evaluation.opened.v1"


class EvaluationExtended(EvaluationEvent, title="延长月度评价的期限"):
    type: ClassVar[str] = "scoring.monthly_evaluation.extended.v1"
    due_on: date
    extension_reason: str


class ClaimsDecided(EvaluationEvent, title="月度评价审核申报"):
    type: ClassVar[str] = "scoring.monthly_evaluation.decided.v1"


class MembersGraded(EvaluationEvent, title="月度评价评定等次"):
    type: ClassVar[str] = "scoring.monthly_evaluation.graded.v1"


class GradedMember(Payload):
    member_id: UUID
    grade: MonthlyGrade | None


class EvaluationSettled(EvaluationEvent, title="确认月度评价"):
    """Every judged member, also one without a grade; a `revision` corrects what earlier confirmations told."""

    type: ClassVar[str] = "scoring.monthly_evaluation.confirmed.v1"
    is_demonstration_point: bool
    members: list[GradedMember]
    ungraded_reason: str | None
    revision: int | None


class EvaluationReopened(EvaluationEvent, title="重新打开已确认的月度评价"):
    """Takes back what the last confirmation told, until the next one."""

    type: ClassVar[str] = "scoring.monthly_evaluation.reopened.v1"
    due_on: date
    reopening_reason: str
    revision: int


class EvaluationCommented(EvaluationEvent, title="点评月度工作"):
    """What was said stays with the evaluation; without a comment it was taken back."""

    type: ClassVar[str] = "scoring.monthly_evaluation.commented.v1"
    is_commented: bool
    revision: int
