"""Frozen inputs and the ratings computed from them; both are kept by revision, never rewritten."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, Numeric, SmallInteger
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT
from scoring.database import Base

PART = Numeric(5, 2)
FROZEN = "frozen"


class FrozenInput(Base):
    """Everything a rating may look at, as it stood when appraisal ended or an objection was upheld.

    What upheld objections set aside counts nothing from then on, and leaves the maximum. Both instants are the
    business clock's; ledger entries recorded up to `points_read_at` are in the points.
    """

    __tablename__ = "frozen_inputs"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        Index("uq_frozen_inputs_current", "review_id", "subject_id", unique=True, postgresql_where="is_current"),
        CheckConstraint("attended BETWEEN 0 AND expected", name="attended_of_expected"),
        CheckConstraint("maximum > 0", name="maximum_positive"),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    root_id: Mapped[UUID]
    attended: Mapped[int] = mapped_column(Integer)
    expected: Mapped[int] = mapped_column(Integer)
    absences: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    points: Mapped[Decimal]
    maximum: Mapped[Decimal]
    dimensions: Mapped[list[Any]]
    indicators: Mapped[list[Any]]
    ballot_excellent: Mapped[int] = mapped_column(Integer)
    ballot_qualified: Mapped[int] = mapped_column(Integer)
    ballot_basic: Mapped[int] = mapped_column(Integer)
    ballot_unqualified: Mapped[int] = mapped_column(Integer)
    survey_good: Mapped[int] = mapped_column(Integer)
    survey_fairly_good: Mapped[int] = mapped_column(Integer)
    survey_ordinary: Mapped[int] = mapped_column(Integer)
    survey_poor: Mapped[int] = mapped_column(Integer)
    has_veto: Mapped[bool]
    parts_set_aside: Mapped[list[str]] = mapped_column(ARRAY(C_TEXT), default=list, server_default="{}")
    indicators_set_aside: Mapped[list[str]] = mapped_column(ARRAY(C_TEXT), default=list, server_default="{}")
    cause: Mapped[str]
    frozen_at: Mapped[datetime]
    points_read_at: Mapped[datetime]
    is_current: Mapped[bool]


class Rating(Base):
    __tablename__ = "ratings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["review_id", "subject_id", "revision"],
            ["frozen_inputs.review_id", "frozen_inputs.subject_id", "frozen_inputs.revision"],
        ),
        Index("uq_ratings_current", "review_id", "subject_id", unique=True, postgresql_where="is_current"),
        Index(None, "cycle_id", "superior_id", "peer_kind", "composite"),
        CheckConstraint("proposed_stars BETWEEN 0 AND 5", name="stars_in_range"),
        CheckConstraint("composite BETWEEN 0 AND 100", name="composite_in_range"),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer, primary_key=True)
    root_id: Mapped[UUID]
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    superior_id: Mapped[UUID]
    peer_kind: Mapped[str]
    attendance: Mapped[Decimal | None] = mapped_column(PART)
    performance: Mapped[Decimal | None] = mapped_column(PART)
    ballot: Mapped[Decimal | None] = mapped_column(PART)
    survey: Mapped[Decimal | None] = mapped_column(PART)
    composite: Mapped[Decimal | None] = mapped_column(PART)
    proposed_stars: Mapped[int | None] = mapped_column(SmallInteger)
    explanation: Mapped[dict[str, Any]]
    computed_at: Mapped[datetime]
    is_current: Mapped[bool]
