from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import LongText, Name, OptionalName, Schema, Text
from records.events import Payload
from records.listing import Listing, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.exams.questions.kinds import QuestionKind
from training.exams.questions.models import Question

QuestionId = Annotated[UUID, Path(title="试题编号")]


class QuestionCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    topic: Name = Field(title="分类")
    kind: QuestionKind = Field(title="题型")
    text: LongText = Field(title="题目")
    options: Annotated[list[Text], Field(max_length=8)] = Field(
        default=[], title="选项", description="依次为 A、B、C…;判断题不填"
    )
    answers: Text = Field(title="答案", description="选项字母,如 AC;判断题写“对”或“错”")


class QuestionRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    topic: str = Field(title="分类")
    kind: QuestionKind = Field(title="题型")
    text: str = Field(title="题目")
    options: list[str] = Field(title="选项")
    answers: str = Field(title="答案")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class QuestionListing(Listing, sortable=(Question.topic, Question.kind), order=(Question.topic, Question.id)):
    organization_id: Annotated[UUID | None, below(Question.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    topic: Annotated[Name | None, equals(Question.topic)] = Field(default=None, title="分类")
    kind: Annotated[list[QuestionKind], equals(Question.kind)] = Field(default=[], max_length=3, title="题型,可重复")
    is_void: Annotated[bool, void_or_not(Question)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Question.text)] = Field(default=None, title="题目中的文字")


class QuestionProblem(Schema):
    line: int = Field(title="行", description="0 为整个文件")
    column: str = Field(title="列", description="工作簿才有")
    reason: str = Field(title="原因")


class QuestionImportReport(Schema):
    found: int = Field(title="读到的题数")
    imported: int = Field(title="导入的题数", description="有一处错误就一题也不导入;试导入时为 0")
    problems: list[QuestionProblem] = Field(title="问题")


class QuestionChanged(Payload, title="试题变更"):
    """What is asked and answered stays in the bank."""

    type: ClassVar[str] = "training.question.changed.v1"
    id: UUID
    organization_id: UUID
    topic: str
    kind: QuestionKind
    is_void: bool


class QuestionsImported(Payload, title="导入试题"):
    type: ClassVar[str] = "training.questions.imported.v1"
    organization_id: UUID
    topic: str
    questions: int
