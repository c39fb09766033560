"""A cycle: one year's rating of one kind of subject, with every number of its scheme as data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Numeric, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt
from scoring.reviews.cycles.rules import Template
from scoring.subjects import SubjectKind


class StarModel(LabelledEnum):
    BANDS = "bands", "按综合得分分档"
    DIMENSIONS = "dimensions", "每个维度一颗星"


class CycleState(LabelledEnum):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已办结"


class Cycle(Versioned, Base):
    __tablename__ = "cycles"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "subject_kind"),
        CheckConstraint("period_from <= period_to", name="period_runs_forward"),
        CheckConstraint(
            "least(weight_attendance, weight_performance, weight_ballot, weight_survey) >= 0 AND "
            "weight_attendance + weight_performance + weight_ballot + weight_survey = 100",
            name="weights_make_a_hundred",
        ),
        CheckConstraint(
            "100 >= grade_excellent AND grade_excellent >= grade_qualified AND grade_qualified >= grade_basic "
            "AND grade_basic >= grade_unqualified AND grade_unqualified >= 0",
            name="grades_descend",
        ),
        CheckConstraint(
            "band_five > band_four AND band_four > band_three AND band_three > band_two AND band_two >= floor",
            name="bands_descend",
        ),
        CheckConstraint("veto_cap BETWEEN 0 AND 5", name="veto_cap_in_stars"),
        CheckConstraint("fewest_answers >= 5", name="fewest_answers_hide_voters"),
        CheckConstraint("notice_working_days BETWEEN 1 AND 60", name="notice_working_days_sensible"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    year: Mapped[int] = mapped_column(Integer)
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    name: Mapped[str]
    template: Mapped[Template] = mapped_column(stored_enum(Template))
    star_model: Mapped[StarModel] = mapped_column(stored_enum(StarModel))
    catalogue_id: Mapped[UUID] = mapped_column(ForeignKey("catalogues.id"))
    indicators_in_use: Mapped[list[str] | None] = mapped_column(ARRAY(C_TEXT))
    period_from: Mapped[date]
    period_to: Mapped[date]
    final_before: Mapped[date]
    only_single: Mapped[bool]
    deadlines: Mapped[dict[str, Any]]
    weight_attendance: Mapped[int] = mapped_column(SmallInteger)
    weight_performance: Mapped[int] = mapped_column(SmallInteger)
    weight_ballot: Mapped[int] = mapped_column(SmallInteger)
    weight_survey: Mapped[int] = mapped_column(SmallInteger)
    grade_excellent: Mapped[int] = mapped_column(SmallInteger)
    grade_qualified: Mapped[int] = mapped_column(SmallInteger)
    grade_basic: Mapped[int] = mapped_column(SmallInteger)
    grade_unqualified: Mapped[int] = mapped_column(SmallInteger)
    band_five: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    band_four: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    band_three: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    band_two: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    floor: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    dimension_share: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    veto_cap: Mapped[int] = mapped_column(SmallInteger)
    fewest_answers: Mapped[int] = mapped_column(SmallInteger, server_default="5")
    notice_working_days: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[CycleState] = mapped_column(stored_enum(CycleState), default=CycleState.OPEN)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[RecordedAt]
