from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base, Id


class MinutesReading(Base):
    """Whoever was absent has read the minutes and signed for it: no attendance, and no absence made up."""

    __tablename__ = "minutes_readings"
    __table_args__ = (UniqueConstraint("participant_id"),)

    id: Mapped[Id]
    root_id: Mapped[UUID]
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("participants.id"))
    minutes_version: Mapped[int] = mapped_column(Integer)
    read_at: Mapped[datetime]
