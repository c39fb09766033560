from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class UnitPlan(Owned, Voidable, Base):
    """一企一策、一社一策: how the Party means to reach a unit, who sees to it, and by when."""

    __tablename__ = "unit_plans"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    content: Mapped[str]
    responsible: Mapped[str]
    planned_on: Mapped[date]
    due_on: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("due_on >= planned_on AND ended_on >= planned_on", name="days_follow"),
        Index("ix_unit_plans_planned_on_id", "planned_on", "id"),
        Index(
            "uq_unit_plans_unit_id",
            "unit_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
    )
