"""The superior's assessment table: each item with its maximum, the score one gave oneself, and the superior's."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from scoring.database import Base


class UpperItem(Owned, Voidable, Base):
    """`organization_id` is who is assessed, above all a district; `evidence_link` is where its proof lies elsewhere."""

    __tablename__ = "upper_items"
    __table_args__ = (
        CheckConstraint("maximum > 0", name="maximum_positive"),
        CheckConstraint("own_score BETWEEN 0 AND maximum", name="own_score_within_maximum"),
        CheckConstraint("upper_score BETWEEN 0 AND maximum", name="upper_score_within_maximum"),
        Index("ix_upper_items_year_position_id", "year", "position", "id"),
        Index(
            "uq_upper_items_position",
            "organization_id",
            "year",
            "position",
            unique=True,
            postgresql_where="void_reason IS NULL",
        ),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    year: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str]
    maximum: Mapped[Decimal]
    own_score: Mapped[Decimal | None]
    upper_score: Mapped[Decimal | None]
    evidence_link: Mapped[str | None]
    evidence_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
