from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base


class RemoteClass(Owned, Voidable, Base):
    """A class watched from afar, so many minutes long; of them a day and a member count no more than the caps."""

    __tablename__ = "remote_classes"

    title: Mapped[str]
    lecturer: Mapped[str | None]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    daily_cap: Mapped[int] = mapped_column(SmallInteger)
    total_cap: Mapped[int] = mapped_column(SmallInteger)
    opens_on: Mapped[date]
    closes_on: Mapped[date]

    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("minutes BETWEEN 1 AND 1200", name="minutes_bounded"),
        CheckConstraint("least(daily_cap, total_cap) >= 1 AND total_cap <= minutes", name="caps_of_minutes"),
        Index("ix_remote_classes_opens_on_id", "opens_on", "id"),
    )


class ClassViewing(Owned, Voidable, Base):
    """A member watched a piece of a class; `credited_minutes` is what of it counts, by the rules over all pieces."""

    __tablename__ = "class_viewings"

    remote_class_id: Mapped[UUID] = mapped_column(ForeignKey("remote_classes.id"))
    member_id: Mapped[UUID]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    watched_on: Mapped[date]
    from_minute: Mapped[int] = mapped_column(SmallInteger)
    to_minute: Mapped[int] = mapped_column(SmallInteger)
    credited_minutes: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (
        CheckConstraint("from_minute >= 0 AND to_minute > from_minute", name="piece_of_a_class"),
        CheckConstraint("credited_minutes BETWEEN 0 AND to_minute - from_minute", name="credited_of_watched"),
        Index("ix_class_viewings_member_id_watched_on", "member_id", "watched_on"),
        Index("ix_class_viewings_remote_class_id_member_id", "remote_class_id", "member_id"),
        Index("ix_class_viewings_started_at_id", "started_at", "id"),
    )
