from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from records.bitemporal import one_at_a_time
from records.voiding import DatedVoidable
from registry.database import Base


class DemonstrationLevel(LabelledEnum):
    CITY = "city", "市级"
    DISTRICT = "district", "区级"
    TOWN = "town", "镇街级"


class DemonstrationPoint(DatedVoidable, Base):
    """示范点: one level at a time per organisation; a promotion ends the level before (R07)."""

    __tablename__ = "demonstration_points"

    record_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    organization_no: Mapped[int] = mapped_column(Integer)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    level: Mapped[DemonstrationLevel] = mapped_column(stored_enum(DemonstrationLevel))
    recorded_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        one_at_a_time("ex_demonstration_points_organization_no", "organization_no"),
        Index("uq_demonstration_points_id", "id", unique=True, postgresql_where=text("recorded_to IS NULL")),
    )
