"""一月一评价: the branch judges a month's claims and its members."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class EvaluationState(LabelledEnum):
    OPEN = "open", "评价中"
    CONFIRMED = "confirmed", "已确认"


class MonthlyGrade(LabelledEnum):
    GOOD = "good", "好"
    FAIR = "fair", "较好"
    AVERAGE = "average", "一般"
    POOR = "poor", "差"


class MonthlyEvaluation(Versioned, Base):
    """Due by the policy's day of the next month; later only as the superior opened or extended it, with a reason.

    A confirmed one is opened again by the superior only; `confirmations` counts how often it was confirmed.
    """

    __tablename__ = "monthly_evaluations"
    __table_args__ = (
        UniqueConstraint("organization_id", "month"),
        CheckConstraint("month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="month_shape"),
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_has_moment"),
        CheckConstraint("(reopened_by IS NULL) = (reopening_reason IS NULL)", name="reopening_has_reason"),
        CheckConstraint("(comment IS NULL) = (commented_on IS NULL)", name="comment_has_day"),
        CheckConstraint("(extended_by IS NULL) = (extension_reason IS NULL)", name="extension_has_reason"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    month: Mapped[str] = mapped_column(C_TEXT)
    state: Mapped[EvaluationState] = mapped_column(stored_enum(EvaluationState), default=EvaluationState.OPEN)
    opened_by: Mapped[UUID]
    opened_at: Mapped[RecordedAt]
    due_on: Mapped[date] = mapped_column(server_default=text("(CURRENT_DATE + 10)"))
    extended_by: Mapped[UUID | None]
    extension_reason: Mapped[str | None]
    confirmed_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None]
    confirmations: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    ungraded_reason: Mapped[str | None]
    reopened_by: Mapped[UUID | None]
    reopened_on: Mapped[date | None]
    reopening_reason: Mapped[str | None]
    comment: Mapped[str | None]
    commented_by: Mapped[UUID | None]
    commented_on: Mapped[date | None]


class EvaluationGrade(Base):
    __tablename__ = "evaluation_grades"

    evaluation_id: Mapped[UUID] = mapped_column(
        ForeignKey("monthly_evaluations.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    grade: Mapped[MonthlyGrade] = mapped_column(stored_enum(MonthlyGrade))
    graded_by: Mapped[UUID]
