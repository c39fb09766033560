from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.kinds import MeetingKind


class TrainingPlan(Owned, Voidable, Base):
    """年度培训计划: how many meetings, classes or activities of a kind an organisation means to hold in a quarter."""

    __tablename__ = "training_plans"

    year: Mapped[int] = mapped_column(SmallInteger)
    quarter: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[MeetingKind] = mapped_column(stored_enum(MeetingKind))
    planned: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter_of_a_year"),
        CheckConstraint("planned >= 1", name="planned_counted"),
        Index(
            "uq_training_plans_organization_id",
            "organization_id",
            "year",
            "quarter",
            "kind",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_training_plans_year_id", "year", "id"),
    )
