from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.ids import uuid7
from registry.database import Base


class CoverageReport(Base):
    """A rate that was stated once, with the denominator it was stated over (rules.md E10); never changed."""

    __tablename__ = "coverage_reports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID]
    title: Mapped[str]
    as_of: Mapped[date]
    known_at: Mapped[datetime]
    denominator_scope: Mapped[dict[str, Any]]
    figures: Mapped[dict[str, Any]]
    stated_by: Mapped[UUID]
    stated_at: Mapped[datetime] = mapped_column(server_default=func.now())

    __table_args__ = (
        CheckConstraint("denominator_scope ?& ARRAY['organization_id', 'as_of', 'units']", name="scope_is_stated"),
        Index("ix_coverage_reports_as_of_id", "as_of", "id"),
    )
