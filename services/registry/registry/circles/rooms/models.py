from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class CircleRoom(Owned, Voidable, Base):
    """A room of a centre that may be booked; `opening` says when it is open without booking."""

    __tablename__ = "circle_rooms"

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"))
    room_no: Mapped[int] = mapped_column(Integer, Identity(always=True), unique=True)
    name: Mapped[str]
    capacity: Mapped[int] = mapped_column(Integer)
    opening: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity"),
        Index(
            "uq_circle_rooms_name", "circle_id", "name", unique=True, postgresql_where=text("void_reason IS NULL")
        ),
        Index("ix_circle_rooms_recorded_at_id", "recorded_at", "id"),
    )  # fmt: skip
