"""Counted opinion surveys, entered with a sheet for each subject as evidence, or the record that a subject has none."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class SurveyKind(LabelledEnum):
    PUBLIC = "public", "民意调查"
    SERVICE_OBJECT = "service_object", "服务对象评议"
    OWNER = "owner", "出资人评价"


class Survey(Versioned, Base):
    """`sheet_file_id` is of surveys recorded before each result had a sheet of its own; nobody reads it any more."""

    __tablename__ = "surveys"
    __table_args__ = (UniqueConstraint("id", "review_id", "kind"),)

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    kind: Mapped[SurveyKind] = mapped_column(stored_enum(SurveyKind))
    held_on: Mapped[date]
    sheet_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
    created_at: Mapped[RecordedAt]


class SurveyResult(Base):
    """One subject's counts; a subject is counted once in each kind of survey."""

    __tablename__ = "survey_results"
    __table_args__ = (
        ForeignKeyConstraint(["survey_id", "review_id", "kind"], ["surveys.id", "surveys.review_id", "surveys.kind"]),
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        UniqueConstraint("review_id", "subject_id", "kind"),
        CheckConstraint("least(good, fairly_good, ordinary, poor) >= 0", name="counts_not_negative"),
        CheckConstraint("good + fairly_good + ordinary + poor > 0", name="somebody_answered"),
        CheckConstraint("good + fairly_good + ordinary + poor <= asked", name="answers_within_asked"),
    )

    survey_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    review_id: Mapped[UUID]
    root_id: Mapped[UUID]
    kind: Mapped[SurveyKind] = mapped_column(stored_enum(SurveyKind))
    sheet_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
    asked: Mapped[int | None] = mapped_column(Integer)
    good: Mapped[int] = mapped_column(Integer)
    fairly_good: Mapped[int] = mapped_column(Integer)
    ordinary: Mapped[int] = mapped_column(Integer)
    poor: Mapped[int] = mapped_column(Integer)


class SurveyAbsence(Base):
    """A part left out, with its reason: it is never counted as zero."""

    __tablename__ = "survey_absences"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    reason: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
