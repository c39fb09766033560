"""A counted opinion survey, entered by the branch with its sheet as evidence, or the record that there was none."""

from datetime import date
from uuid import UUID

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scoring.database import Base, Id, RecordedAt


class SurveyKind(LabelledEnum):
    OPINION = "opinion", "民意调查"
    SERVICE = "service", "服务对象评议"


class Survey(Versioned, Base):
    __tablename__ = "surveys"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        UniqueConstraint("review_id", "subject_id", "kind"),
        CheckConstraint("least(good, fairly_good, ordinary, poor) >= 0", name="counts_not_negative"),
        CheckConstraint("is_absent = (good + fairly_good + ordinary + poor = 0)", name="absent_or_counted"),
        CheckConstraint("is_absent = (absence_reason IS NOT NULL)", name="absent_has_reason"),
        CheckConstraint("is_absent = (sheet_file_id IS NULL)", name="counted_has_sheet"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    kind: Mapped[SurveyKind] = mapped_column(stored_enum(SurveyKind))
    good: Mapped[int] = mapped_column(Integer, default=0)
    fairly_good: Mapped[int] = mapped_column(Integer, default=0)
    ordinary: Mapped[int] = mapped_column(Integer, default=0)
    poor: Mapped[int] = mapped_column(Integer, default=0)
    is_absent: Mapped[bool]
    absence_reason: Mapped[str | None]
    sheet_file_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
    created_at: Mapped[RecordedAt]
