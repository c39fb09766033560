"""Periods whose result is final, and the points that came for them too late."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id
from scoring.subjects import SubjectKind


class ClosedPeriod(Base):
    """From the day its review became final, nothing is booked or reversed for this subject on these days.

    `review_id` names the result; `superior_id` is the organisation that may correct with a reason.
    """

    __tablename__ = "closed_periods"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="days_in_order"), Index(None, "review_id"))

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    superior_id: Mapped[UUID]
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    closed_on: Mapped[date]


class WithheldState(LabelledEnum):
    WAITING = "waiting", "待上级处理"
    BOOKED = "booked", "已补记"
    LEFT = "left", "不补记"
    REPLACED = "replaced", "已被新的更正替代"


class LateDecision(LabelledEnum):
    BOOKED = "booked", "补记"
    LEFT = "left", "不补记"


class WithheldPoints(Versioned, Base):
    """What a late or corrected cause would have earned; only the superior's reasoned decision books it."""

    __tablename__ = "withheld_points"
    __table_args__ = (
        UniqueConstraint("source", "source_ref", "revision"),
        CheckConstraint("(state IN ('booked', 'left')) = (reason IS NOT NULL)", name="decision_has_reason"),
        CheckConstraint("(state IN ('booked', 'left')) = (decided_on IS NOT NULL)", name="decision_has_day"),
        CheckConstraint("requested >= 0", name="requested_not_negative"),
        Index(None, "subject_id"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    catalogue_id: Mapped[UUID] = mapped_column(ForeignKey("catalogues.id"))
    indicator_code: Mapped[str] = mapped_column(C_TEXT)
    cadence: Mapped[str]
    annual_cap: Mapped[Decimal]
    requested: Mapped[Decimal]
    occurred_on: Mapped[date]
    source: Mapped[str]
    source_ref: Mapped[str]
    revision: Mapped[int] = mapped_column(Integer)
    withheld_on: Mapped[date]
    state: Mapped[WithheldState] = mapped_column(stored_enum(WithheldState), default=WithheldState.WAITING)
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    reason: Mapped[str | None]
