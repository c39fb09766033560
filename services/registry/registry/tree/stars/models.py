from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from registry.database import Base


class OrganizationStar(Base):
    """The star of an organisation as scoring published it; a copy of its fact. An adjusted one is a row of its own."""

    __tablename__ = "organization_stars"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    root_id: Mapped[UUID]
    year: Mapped[int] = mapped_column(Integer)
    level: Mapped[int] = mapped_column(Integer)
    published_on: Mapped[date]

    __table_args__ = (Index("ix_organization_stars_organization_id_year", "organization_id", "year"),)
