from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.oversight.quality.kinds import LookalikeKind


class QualityCount(Base):
    """How many a check of the registers found on a day for an organisation; at the district's own, a zero too."""

    __tablename__ = "quality_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        CheckConstraint("number >= 0", name="number"),
        Index("ix_quality_counts_root_id_day", "root_id", "day"),
    )


class DistinctPair(Owned, Voidable, Base):
    """不是重复: two that look alike, of which somebody has looked and said that they are not the same.

    `first_id` is the lower id; `organization_id` is where the first belonged.
    """

    __tablename__ = "distinct_pairs"

    kind: Mapped[LookalikeKind] = mapped_column(stored_enum(LookalikeKind))
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    reason: Mapped[str]
    judged_on: Mapped[date]

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        Index(
            "uq_distinct_pairs_first_id", "first_id", "second_id", unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_distinct_pairs_judged_on_id", "judged_on", "id"),
    )  # fmt: skip
