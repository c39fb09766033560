"""The report a subject gives on its pledges (讲), or the record that it was absent."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from scoring.database import Base, RecordedAt


class Report(Versioned, Base):
    __tablename__ = "reports"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        CheckConstraint("is_absent = (content IS NULL)", name="absent_or_content"),
        CheckConstraint("is_absent = (absence_reason IS NOT NULL)", name="absent_has_reason"),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    content: Mapped[str | None]
    is_absent: Mapped[bool]
    absence_reason: Mapped[str | None]
    submitted_by: Mapped[UUID]
    submitted_on: Mapped[date]
    paper_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
    comment: Mapped[str | None]
    commented_by: Mapped[UUID | None]
    commented_on: Mapped[date | None]
    created_at: Mapped[RecordedAt]
