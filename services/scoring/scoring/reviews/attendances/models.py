"""Who was expected at which confirmed meeting and who came, copied from training's events."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from scoring.database import Base


class MeetingAttendance(Base):
    """A make-up may be told before its meeting; its kind, `held_on` and `attended` are then still unknown."""

    __tablename__ = "meeting_attendances"
    __table_args__ = (Index(None, "member_id", "held_on"), Index(None, "organization_id", "held_on"))

    meeting_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID | None]
    kind: Mapped[str | None]
    held_on: Mapped[date | None]
    is_valid: Mapped[bool | None]
    attended: Mapped[bool | None]
    made_up_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=0)
