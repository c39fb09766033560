from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor
from roster.models import PartyOrganization, Post
from roster.queries import belonging, held_on
from roster.rules import SECRETARY
from training.exams.attempts.models import ExamAttempt, ExamResult
from training.exams.questions.models import Question

LEADING = (SECRETARY, "deputy_secretary")


def seen(model: type[ExamAttempt] | type[ExamResult]) -> Callable[[Actor], ColumnElement[bool]]:
    """One's own, and those of the members an office reaches."""
    return lambda actor: or_(belonging(model.organization_id)(actor), actor.is_self(model.member_id))


def answered() -> ColumnElement[int]:
    blank = func.cardinality(func.array_remove(ExamAttempt.answers, ""))
    return cast(blank, Integer)


def of_member(exam_id: UUID, member_id: Any) -> Select[ExamAttempt]:
    return select(ExamAttempt).where(ExamAttempt.exam_id == exam_id, ExamAttempt.member_id == member_id)


def standing_results(exam_id: UUID) -> Select[ExamResult]:
    return select(ExamResult).where(ExamResult.exam_id == exam_id, ExamResult.void_reason.is_(None))


async def keeps_bank_of(db: AsyncSession, person: UUID, organization_id: UUID, day: date) -> bool:
    """Whether somebody leads the organisation or one above it that day, and so may read its questions."""
    above = aliased(PartyOrganization)
    query = (
        select(Post.id)
        .join(above, above.id == Post.organization_id)
        .join(PartyOrganization, func.starts_with(PartyOrganization.path, above.path))
        .where(PartyOrganization.id == organization_id, Post.member_id == person, Post.kind.in_(LEADING), held_on(day))
    )
    return await db.scalar(query.limit(1)) is not None


def sat(exam_id: UUID) -> Select[int]:
    return select(func.count()).select_from(ExamAttempt).where(ExamAttempt.exam_id == exam_id)


def questions_of(ids: Sequence[UUID]) -> Select[Question]:
    return select(Question).where(Question.id.in_(ids))
