from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.liaison.pairings.kinds import PairingKind

SIDES = ("helper_organization_id", "helper_unit_id", "partner_organization_id", "partner_unit_id", "partner_village")


class Pairing(Owned, Voidable, Base):
    """结对: one who helps and one who is helped, from a day up to, not on, `ended_on`.

    It belongs to the organisation that helps, or that answers for the place of the unit that helps; the partner's
    organisation, or the one that answers for its place, is `partner_keeper_id`. A village is no unit of the registers.
    """

    __tablename__ = "pairings"

    kind: Mapped[PairingKind] = mapped_column(stored_enum(PairingKind))
    helper_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"))
    helper_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    partner_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    partner_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    partner_village: Mapped[str | None]
    partner_keeper_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    paired_on: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("num_nonnulls(helper_organization_id, helper_unit_id) = 1", name="one_helper"),
        CheckConstraint(
            "num_nonnulls(partner_organization_id, partner_unit_id, partner_village) = 1", name="one_partner"
        ),
        CheckConstraint("helper_organization_id <> partner_organization_id", name="organization_not_with_itself"),
        CheckConstraint("helper_unit_id <> partner_unit_id", name="unit_not_with_itself"),
        CheckConstraint("ended_on > paired_on", name="ended_after_pairing"),
        Index(
            "uq_pairings_sides",
            "kind",
            *SIDES,
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_pairings_paired_on_id", "paired_on", "id"),
    )
