from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select

from training.exams.questions.models import Question


def standing(organization_id: UUID, topic: str | None) -> Select[UUID]:
    """Of the organisation's bank, all or those of a topic, in an order that stays."""
    query = select(Question.id).where(Question.organization_id == organization_id, Question.void_reason.is_(None))
    return (query if topic is None else query.where(Question.topic == topic)).order_by(Question.id)


def known(organization_id: UUID, digests: Collection[str]) -> Select[str]:
    query = select(Question.digest).where(Question.organization_id == organization_id, Question.void_reason.is_(None))
    return query.where(Question.digest.in_(digests))
