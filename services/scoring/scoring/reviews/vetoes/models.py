"""一票否决: recorded by the superior, caps the star; outside the 58 and 48 indicators."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from kit.database import Versioned
from scoring.database import Base, Id, RecordedAt


class Veto(Versioned, Base):
    __tablename__ = "vetoes"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        Index(None, "review_id", "subject_id"),
        CheckConstraint("(lifted_on IS NULL) = (lifting_reason IS NULL)", name="lifted_has_reason"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    ground: Mapped[str]
    reason: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
    lifted_by: Mapped[UUID | None]
    lifted_on: Mapped[date | None]
    lifting_reason: Mapped[str | None]
    created_at: Mapped[RecordedAt]
