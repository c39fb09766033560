from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base

STANDING = text("void_reason IS NULL")


class ExamAttempt(Owned, Base):
    """One sitting of a member: the paper as drawn, the answers beside it, and until when they may be written."""

    __tablename__ = "exam_attempts"

    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exams.id"))
    member_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    question_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    answers: Mapped[list[str]] = mapped_column(ARRAY(Text))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    handed_in_at: Mapped[datetime | None]
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    is_passed: Mapped[bool | None]

    __table_args__ = (
        CheckConstraint("cardinality(answers) = cardinality(question_ids)", name="answer_of_each_question"),
        CheckConstraint("(handed_in_at IS NULL) = (score IS NULL)", name="scored_when_handed_in"),
        CheckConstraint("(score IS NULL) = (is_passed IS NULL)", name="judged_when_scored"),
        UniqueConstraint("exam_id", "member_id", "number"),
        Index(
            "uq_exam_attempts_open",
            "exam_id",
            "member_id",
            unique=True,
            postgresql_where=text("handed_in_at IS NULL"),
        ),
        Index("ix_exam_attempts_started_at_id", "started_at", "id"),
    )


class ExamResult(Owned, Voidable, Base):
    """What counts of a member's attempts at an exam: the best of them, and the day of the first pass."""

    __tablename__ = "exam_results"

    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exams.id"))
    member_id: Mapped[UUID]
    attempts: Mapped[int] = mapped_column(SmallInteger)
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    is_passed: Mapped[bool]
    taken_on: Mapped[date]

    __table_args__ = (
        Index("uq_exam_results_member_id", "exam_id", "member_id", unique=True, postgresql_where=STANDING),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_percent"),
        CheckConstraint("attempts >= 1", name="attempts_counted"),
        Index("ix_exam_results_taken_on_id", "taken_on", "id"),
    )
