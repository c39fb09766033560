from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from kit.ids import uuid7
from registry.database import Base


class CourseHours(Versioned, Base):
    """Hours somebody who was no Party member yet spent in a class, as training confirmed them; a copy of its fact.

    `organization_id` held the class. A later confirmation of the class, or a make-up, replaces what was told before;
    what was made up counts from that day.
    """

    __tablename__ = "course_hours"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(index=True)
    meeting_id: Mapped[UUID]
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    held_on: Mapped[date]
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))

    __table_args__ = (
        UniqueConstraint("member_id", "meeting_id"),
        Index("ix_course_hours_meeting_id", "meeting_id"),
        Index("ix_course_hours_held_on_id", "held_on", "id"),
    )
