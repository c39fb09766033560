from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from training.database import Base, Id, RecordedAt


class Minutes(Versioned, Base):
    """Locked by approval or by the meeting's confirmation; afterwards only addenda."""

    __tablename__ = "minutes"
    __table_args__ = (CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approval_complete"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    text: Mapped[str]
    written_by: Mapped[UUID]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    recorded_at: Mapped[RecordedAt]


class Addendum(Base):
    __tablename__ = "minutes_addenda"
    __table_args__ = (Index(None, "meeting_id", "id"),)

    id: Mapped[Id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    text: Mapped[str]
    written_by: Mapped[UUID]
    written_at: Mapped[datetime]
