from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.liaison.council_meetings.kinds import CouncilBody


class CouncilDecision(Owned, Voidable, Base):
    """议定事项: what a joint council decided, which body does it by when, and what came of it."""

    __tablename__ = "council_decisions"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("council_meetings.id"), index=True)
    content: Mapped[str]
    body: Mapped[CouncilBody] = mapped_column(stored_enum(CouncilBody))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    result: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("num_nulls(done_on, result) IN (0, 2)", name="done_whole"),
        Index("ix_council_decisions_due_on_id", "due_on", "id"),
    )
