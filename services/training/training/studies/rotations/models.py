from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from training.database import Base, Id, RecordedAt
from training.kinds import Audience


class Rotation(Versioned, Base):
    """A year's round of central classes that shall reach everybody of its audience once (seeds 3.4, 3.5)."""

    __tablename__ = "rotations"
    __table_args__ = (
        CheckConstraint("planned_batches BETWEEN 1 AND 50", name="batches_bounded"),
        CheckConstraint("audience IN ('secretaries', 'leaders', 'subtree_members')", name="audience_of_classes"),
        Index(None, "organization_id", "year"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    audience: Mapped[Audience] = mapped_column(stored_enum(Audience))
    planned_batches: Mapped[int] = mapped_column(SmallInteger)
    planned_by: Mapped[UUID]
    recorded_at: Mapped[RecordedAt]


class RotationBatch(Base):
    __tablename__ = "rotation_batches"
    __table_args__ = (CheckConstraint("number >= 1", name="number_counted"),)

    rotation_id: Mapped[UUID] = mapped_column(ForeignKey("rotations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), unique=True)
    root_id: Mapped[UUID]
    recorded_at: Mapped[RecordedAt]
