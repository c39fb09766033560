from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base, Id, RecordedAt


class CheckInCode(Base):
    """One code of a meeting is good at a time: issuing locks the meeting. The window is of the times it had then."""

    __tablename__ = "check_in_codes"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("octet_length(code_hash) = 32", name="hashed"),
        Index(None, "meeting_id"),
    )

    id: Mapped[Id]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    code_hash: Mapped[bytes] = mapped_column(unique=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    meeting_starts_at: Mapped[datetime | None]
    meeting_ends_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    issued_by: Mapped[UUID]
    recorded_at: Mapped[RecordedAt]
