"""What scoring alone copied from registry; the rest is the roster."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from scoring.database import Base


class DemonstrationPoint(Base):
    __tablename__ = "demonstration_points"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    level: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
