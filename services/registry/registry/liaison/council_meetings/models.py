from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base, ManyOf
from registry.liaison.council_meetings.kinds import CouncilBody


class CouncilMeeting(Owned, Voidable, Base):
    """联席会议: convened by `organization_id`; which of the seven bodies were there, and what was said."""

    __tablename__ = "council_meetings"

    title: Mapped[str]
    held_on: Mapped[date]
    present: Mapped[list[CouncilBody]] = mapped_column(ManyOf(CouncilBody))
    minutes: Mapped[str]

    __table_args__ = (Index("ix_council_meetings_held_on_id", "held_on", "id"),)
