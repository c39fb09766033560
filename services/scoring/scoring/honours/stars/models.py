"""Published stars with their history, and the plaques of organisations with three stars or more."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from scoring.database import Base, Id, RecordedAt
from scoring.subjects import SubjectKind


class Star(Base):
    """A change adds a row with its reason; the row before it stops being current."""

    __tablename__ = "stars"
    __table_args__ = (
        Index("uq_stars_current", "cycle_id", "subject_id", unique=True, postgresql_where="is_current"),
        Index(None, "organization_id"),
        Index(None, "subject_id", "year"),
        CheckConstraint("level BETWEEN 0 AND 5", name="level_in_range"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    organization_id: Mapped[UUID]
    year: Mapped[int] = mapped_column(Integer)
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    name: Mapped[str]
    level: Mapped[int] = mapped_column(SmallInteger)
    previous_level: Mapped[int | None] = mapped_column(SmallInteger)
    reason: Mapped[str]
    hearing: Mapped[str | None]
    published_on: Mapped[date]
    is_late: Mapped[bool]
    is_current: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[RecordedAt]

    @property
    def version(self) -> int:
        """A star changes once in its life: when a newer one takes its place."""
        return 1 if self.is_current else 2


class Plaque(Base):
    __tablename__ = "plaques"
    __table_args__ = (
        UniqueConstraint("root_id", "sequence"),
        Index("uq_plaques_standing", "organization_id", unique=True, postgresql_where="withdrawn_on IS NULL"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawal_reason IS NULL)", name="withdrawn_has_reason"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    name: Mapped[str]
    sequence: Mapped[int] = mapped_column(Integer)
    number: Mapped[str]
    level: Mapped[int] = mapped_column(SmallInteger)
    issued_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawal_reason: Mapped[str | None]
    created_at: Mapped[RecordedAt]
