from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.units.units.kinds import MassOrganizationKind


class MassOrganizationHead(Owned, Voidable, Base):
    """群团组织负责人: who heads the union, the league or the women's body of a unit; a member, or not yet."""

    __tablename__ = "mass_organization_heads"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[MassOrganizationKind] = mapped_column(stored_enum(MassOrganizationKind))
    name: Mapped[str]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("ended_on > valid_from", name="ended_after_start"),
        Index("ix_mass_organization_heads_valid_from_id", "valid_from", "id"),
        Index(
            "uq_mass_organization_heads_unit_id_kind",
            "unit_id",
            "kind",
            unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
    )
