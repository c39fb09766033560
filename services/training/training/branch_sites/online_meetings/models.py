from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base


class OnlineMeeting(Owned, Voidable, Base):
    """A meeting of a branch that is held in a column of its site: people, attendance and minutes stay the meeting's."""

    __tablename__ = "online_meetings"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    site_column_id: Mapped[UUID] = mapped_column(ForeignKey("site_columns.id"))

    __table_args__ = (
        Index("uq_online_meetings_meeting_id", "meeting_id", unique=True, postgresql_where=text("void_reason IS NULL")),
        Index("ix_online_meetings_site_column_id", "site_column_id"),
    )
