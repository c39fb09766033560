from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field, StringConstraints

from kit.edge import BusinessDate, Instant, Points, Schema
from records.events import Amount, Payload
from records.listing import Listing, Where, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.exams.attempts.models import ExamAttempt, ExamResult
from training.exams.questions.kinds import QuestionKind

AttemptId = Annotated[UUID, Path(title="答卷编号")]
ResultId = Annotated[UUID, Path(title="测试成绩编号")]
Letters = Annotated[str, StringConstraints(pattern=r"^[A-H]{0,8}$", strict=True)]


class AnswerWrite(Schema):
    number: int = Field(ge=1, le=200, title="题号")
    answer: Letters = Field(title="所选选项", description="字母,如 AC;空为未答")


class AnswersWrite(Schema):
    answers: Annotated[list[AnswerWrite], Field(min_length=1, max_length=200)] = Field(title="答案")


class PaperQuestion(Schema):
    number: int = Field(title="题号")
    kind: QuestionKind = Field(title="题型")
    text: str = Field(title="题目")
    options: list[str] = Field(title="选项")
    answer: str = Field(title="所选选项")
    right_answer: str | None = Field(title="正确答案", description="交卷且测试截止后才有")


class ExamAttemptRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    exam_id: UUID = Field(title="测试编号")
    exam_name: str = Field(title="测试")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    number: int = Field(title="第几次")
    answered: int = Field(title="已答题数")
    started_at: datetime = Field(title="开始时刻")
    due_at: datetime = Field(title="最迟交卷时刻")
    handed_in_at: datetime | None = Field(title="交卷时刻")
    score: Points | None = Field(title="得分(百分制)")
    is_passed: bool | None = Field(title="合格")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ExamPaperRead(Schema):
    attempt: ExamAttemptRead = Field(title="答卷")
    questions: list[PaperQuestion] = Field(title="试题")


class ExamAttemptListing(
    Listing, sortable=(ExamAttempt.started_at,), order=(ExamAttempt.started_at.desc(), ExamAttempt.id)
):
    exam_id: Annotated[UUID | None, equals(ExamAttempt.exam_id)] = Field(default=None, title="测试编号")
    member_id: Annotated[UUID | None, equals(ExamAttempt.member_id)] = Field(default=None, title="党员编号")
    organization_id: Annotated[UUID | None, below(ExamAttempt.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    is_handed_in: Annotated[bool | None, Where(lambda wanted: ExamAttempt.handed_in_at.is_not(None) == wanted)] = Field(
        default=None, title="已交卷"
    )
    from_moment: Annotated[Instant | None, at_least(ExamAttempt.started_at)] = Field(default=None, title="开始时刻起")
    to_moment: Annotated[Instant | None, at_most(ExamAttempt.started_at)] = Field(default=None, title="开始时刻止")


class ExamResultRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    exam_id: UUID = Field(title="测试编号")
    exam_name: str = Field(title="测试")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    attempts: int = Field(title="已考次数")
    score: Points = Field(title="最好得分(百分制)")
    is_passed: bool = Field(title="合格", description="合格后再考不合格,仍为合格")
    taken_on: date = Field(title="日期", description="首次合格的日期;尚未合格的为最好一次的日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ExamResultListing(
    Listing,
    sortable=(ExamResult.taken_on, ExamResult.score),
    order=(ExamResult.taken_on.desc(), ExamResult.id),
):
    exam_id: Annotated[UUID | None, equals(ExamResult.exam_id)] = Field(default=None, title="测试编号")
    member_id: Annotated[UUID | None, equals(ExamResult.member_id)] = Field(default=None, title="党员编号")
    organization_id: Annotated[UUID | None, below(ExamResult.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    is_passed: Annotated[bool | None, equals(ExamResult.is_passed)] = Field(default=None, title="合格")
    from_day: Annotated[BusinessDate | None, at_least(ExamResult.taken_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(ExamResult.taken_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(ExamResult)] = Field(default=False, title="只列已作废的")


class ExamAttemptChanged(Payload, title="答卷变更"):
    """Begun, saved or handed in; what was answered stays with it."""

    type: ClassVar[str] = "training.exam_attempt.changed.v1"
    id: UUID
    exam_id: UUID
    member_id: UUID
    number: int
    handed_in_at: datetime | None


class ExamResultChanged(Payload, title="测试成绩变更"):
    """It earns while the exam is passed; a later revision corrects what an earlier one told."""

    type: ClassVar[str] = "training.exam_result.changed.v1"
    id: UUID
    organization_id: UUID
    exam_id: UUID
    member_id: UUID
    score: Amount
    taken_on: date
    is_earning: bool
    revision: int
