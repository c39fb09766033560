from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from registry.database import Base


class DevelopmentPlan(Owned, Base):
    """How many members an organisation means to develop in a year; above the usual a note says why."""

    __tablename__ = "development_plans"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    year: Mapped[int] = mapped_column(Integer)
    planned: Mapped[int] = mapped_column(Integer)
    note: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("planned > 0", name="planned_something"),
        Index("uq_development_plans_organization_id_year", "organization_id", "year", unique=True),
        Index("ix_development_plans_year_id", "year", "id"),
    )
