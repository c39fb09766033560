from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from training.database import Base, Hours, Id, RecordedAt


class MakeUp(Versioned, Base):
    """A gap left by an absence at a confirmed meeting, closed once; void when a correction says there was none."""

    __tablename__ = "make_ups"
    __table_args__ = (
        CheckConstraint("(made_up_on IS NULL) = (made_up_by IS NULL)", name="closing_complete"),
        CheckConstraint("made_up_on IS NULL OR made_up_on >= held_on", name="made_up_after_meeting"),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        Index(None, "member_id", "made_up_on"),
        Index(None, "meeting_id"),
        Index(None, "due_on", "id"),
    )

    id: Mapped[Id]
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"), unique=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    member_id: Mapped[UUID]
    root_id: Mapped[UUID]
    held_on: Mapped[date]
    due_on: Mapped[date]
    hours: Mapped[Hours]
    made_up_on: Mapped[date | None]
    made_up_by: Mapped[UUID | None]
    note: Mapped[str | None]
    voided_at: Mapped[datetime | None]
    recorded_at: Mapped[RecordedAt]
