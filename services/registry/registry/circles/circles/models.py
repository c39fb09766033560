from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class Circle(Owned, Voidable, Base):
    """党建活动圈 with its centre; `organization_id` is the Party organisation that runs the centre.

    `boundary` is the outer ring as pairs of longitude and latitude, as GeoJSON writes it.
    """

    __tablename__ = "circles"

    name: Mapped[str] = mapped_column(Text)
    centre_name: Mapped[str]
    address: Mapped[str]
    area: Mapped[Decimal]
    cost: Mapped[Decimal]
    opened_on: Mapped[date]
    ended_on: Mapped[date | None]
    boundary: Mapped[list[list[float]] | None] = mapped_column(JSONB(none_as_null=True))

    __table_args__ = (
        CheckConstraint("area > 0 AND cost >= 0", name="sizes"),
        CheckConstraint("ended_on > opened_on", name="ended_after_opening"),
        Index(
            "uq_circles_name", "root_id", "name", unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_circles_opened_on_id", "opened_on", "id"),
    )  # fmt: skip
