from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, Text, false, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.ids import uuid7
from records.bitemporal import Bitemporal, one_at_a_time
from records.voiding import DatedVoidable
from registry.database import Base, one_kind_at_a_time
from registry.tree.organizations.kinds import SetUpMode
from registry.units.units.kinds import MassOrganizationKind, UnitKind, UnitSize


class Unit(Versioned, Base):
    __tablename__ = "units"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    unit_no: Mapped[int] = mapped_column(Integer, Identity(always=True), unique=True)
    code: Mapped[str] = mapped_column(C_TEXT, unique=True)
    name: Mapped[str]
    search_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    kind: Mapped[UnitKind] = mapped_column(stored_enum(UnitKind))
    staff_count: Mapped[int | None] = mapped_column(Integer)
    size: Mapped[UnitSize | None] = mapped_column(stored_enum(UnitSize))
    is_above_scale: Mapped[bool] = mapped_column(default=False, server_default=false())
    line_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    jurisdiction_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    closed_on: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'", name="code_alphabet"),
        CheckConstraint("staff_count >= 0", name="staff_count_not_negative"),
        CheckConstraint("is_active = (closed_on IS NULL)", name="closed_is_inactive"),
        Index("ix_units_search_keys", "search_keys", postgresql_using="gin"),
    )


class UnitJurisdiction(Bitemporal, Base):
    """属地: the organisation in whose area the unit counts, by day."""

    __tablename__ = "unit_jurisdictions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    unit_no: Mapped[int] = mapped_column(Integer)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID]

    __table_args__ = (one_at_a_time("ex_unit_jurisdictions_unit_no", "unit_no"),)


class CoverageLink(DatedVoidable, Base):
    """Which organisation covers a unit; `id` stays when the record is corrected, `record_id` does not."""

    __tablename__ = "coverage_links"

    record_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    unit_no: Mapped[int] = mapped_column(Integer)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    organization_no: Mapped[int] = mapped_column(Integer)
    root_id: Mapped[UUID]
    mode: Mapped[SetUpMode] = mapped_column(stored_enum(SetUpMode))
    serves_without_members: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[UUID | None]

    __table_args__ = (
        ExcludeConstraint(
            (text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (text("int4range(organization_no, organization_no, '[]')"), "&&"),
            (text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            where=text("recorded_to IS NULL"),
            name="ex_coverage_links_unit_no_organization_no",
        ),
        Index("uq_coverage_links_id", "id", unique=True, postgresql_where=text("recorded_to IS NULL")),
    )


class UnitMassOrganization(Bitemporal, Base):
    """群团组织 of a unit, by day (rules.md §2: they make work coverage)."""

    __tablename__ = "unit_mass_organizations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    unit_no: Mapped[int] = mapped_column(Integer)
    kind: Mapped[MassOrganizationKind] = mapped_column(stored_enum(MassOrganizationKind))
    root_id: Mapped[UUID]

    __table_args__ = tuple(
        one_kind_at_a_time(f"ex_unit_mass_organizations_{kind.value}", "unit_no", kind) for kind in MassOrganizationKind
    )
