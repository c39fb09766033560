from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class CircleTurn(Owned, Voidable, Base):
    """Which organisation of a circle holds the activities of a month (轮流组织); `month_on` is its first day."""

    __tablename__ = "circle_turns"

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"))
    month_on: Mapped[date]
    theme: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("extract(day FROM month_on) = 1", name="month_begins"),
        Index(
            "uq_circle_turns_circle_id", "circle_id", "month_on", unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_circle_turns_month_on_id", "month_on", "id"),
    )  # fmt: skip
