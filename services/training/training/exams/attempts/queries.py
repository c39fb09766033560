from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select

from kit.access import Actor
from roster.queries import belonging
from training.exams.attempts.models import ExamAttempt, ExamResult
from training.exams.questions.models import Question


def seen(model: type[ExamAttempt] | type[ExamResult]) -> Callable[[Actor], ColumnElement[bool]]:
    """One's own, and those of the members an office reaches."""
    return lambda actor: or_(belonging(model.organization_id)(actor), actor.is_self(model.member_id))


def answered() -> ColumnElement[int]:
    blank = func.cardinality(func.array_remove(ExamAttempt.answers, ""))
    return cast(blank, Integer)


def of_member(exam_id: UUID, member_id: Any) -> Select[ExamAttempt]:
    return select(ExamAttempt).where(ExamAttempt.exam_id == exam_id, ExamAttempt.member_id == member_id)


def sat(exam_id: UUID) -> Select[int]:
    return select(func.count()).select_from(ExamAttempt).where(ExamAttempt.exam_id == exam_id)


def questions_of(ids: Sequence[UUID]) -> Select[Question]:
    return select(Question).where(Question.id.in_(ids))
