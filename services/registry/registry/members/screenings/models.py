from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.members.screenings.kinds import FoundBy, FoundKind, ScreeningStage


class Screening(Owned, Voidable, Base):
    """One round of looking for floating, pocket and hidden members; `units` were to be screened when it started."""

    __tablename__ = "screenings"

    title: Mapped[str]
    division_of_work: Mapped[str]
    started_on: Mapped[date]
    units: Mapped[int] = mapped_column(Integer)
    stage: Mapped[ScreeningStage] = mapped_column(stored_enum(ScreeningStage))
    entered_on: Mapped[date]
    compiled_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("entered_on >= started_on", name="entered_after_start"),
        CheckConstraint("(stage IN ('compiled', 'followed')) = (compiled_on IS NOT NULL)", name="compiled_has_day"),
        Index("ix_screenings_started_on_id", "started_on", "id"),
    )


class ScreenedUnit(Owned, Voidable, Base):
    """What was verified of one unit; a target is a unit where a Party organisation is to be set up."""

    __tablename__ = "screened_units"

    screening_id: Mapped[UUID] = mapped_column(ForeignKey("screenings.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    verified_on: Mapped[date]
    is_target: Mapped[bool]
    note: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_screened_units_screening_id_unit_id",
            "screening_id",
            "unit_id",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_screened_units_verified_on_id", "verified_on", "id"),
    )


class FoundMember(Owned, Voidable, Base):
    """A member whose Party relation was not known here; hidden until day and evidence of showing are kept."""

    __tablename__ = "found_members"

    screening_id: Mapped[UUID | None] = mapped_column(ForeignKey("screenings.id"), index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    kind: Mapped[FoundKind] = mapped_column(stored_enum(FoundKind))
    found_by: Mapped[FoundBy] = mapped_column(stored_enum(FoundBy))
    found_on: Mapped[date]
    shown_on: Mapped[date | None]
    evidence: Mapped[str | None]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)

    __table_args__ = (
        CheckConstraint("num_nulls(shown_on, evidence) IN (0, 2)", name="shown_whole"),
        CheckConstraint("shown_on >= found_on", name="shown_after_found"),
        CheckConstraint("member_id IS NULL OR shown_on IS NOT NULL", name="registered_is_shown"),
        Index("ix_found_members_found_on_id", "found_on", "id"),
    )
