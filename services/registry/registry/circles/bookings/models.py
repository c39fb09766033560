from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class CircleBooking(Owned, Voidable, Base):
    """A room for one organisation from an instant to another; the database lets no two of a room overlap.

    `room_no` is the number of the room, never NULL: a NULL would block every room (architecture D2).
    """

    __tablename__ = "circle_bookings"

    room_id: Mapped[UUID] = mapped_column(ForeignKey("circle_rooms.id"), index=True)
    room_no: Mapped[int] = mapped_column(Integer)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    purpose: Mapped[str]
    people: Mapped[int] = mapped_column(Integer)
    fee: Mapped[Decimal]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("people > 0 AND fee >= 0", name="people_and_fee"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        ExcludeConstraint(
            (text("int4range(room_no, room_no, '[]')"), "&&"),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            using="gist",
            where=text("void_reason IS NULL"),
            name="ex_circle_bookings_room_no",
        ),
        Index("ix_circle_bookings_starts_at_id", "starts_at", "id"),
    )
