from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.ids import uuid7
from records.voiding import DatedVoidable
from registry.database import Base
from registry.tree.posts.kinds import AppointmentSource


class Instructor(Versioned, Base):
    """党建指导员; may be a registered member (`member_id`) or come from outside the district's two-new branches."""

    __tablename__ = "instructors"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    instructor_no: Mapped[int] = mapped_column(Integer, Identity(always=True), unique=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), unique=True)
    name: Mapped[str]
    search_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    id_number_sealed: Mapped[bytes]
    id_number_index: Mapped[bytes] = mapped_column(unique=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    source: Mapped[AppointmentSource | None] = mapped_column(stored_enum(AppointmentSource))
    engaged_on: Mapped[date]
    released_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("released_on > engaged_on", name="released_after_engaged"),
        Index("ix_instructors_search_keys", "search_keys", postgresql_using="gin"),
    )


class InstructorAssignment(DatedVoidable, Base):
    __tablename__ = "instructor_assignments"

    record_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    instructor_id: Mapped[UUID] = mapped_column(ForeignKey("instructors.id"), index=True)
    instructor_no: Mapped[int] = mapped_column(Integer)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    unit_no: Mapped[int] = mapped_column(Integer)
    root_id: Mapped[UUID]
    recorded_by: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))

    __table_args__ = (
        ExcludeConstraint(
            (text("int4range(instructor_no, instructor_no, '[]')"), "&&"),
            (text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            where=text("recorded_to IS NULL"),
            name="ex_instructor_assignments_instructor_no_unit_no",
        ),
        Index("uq_instructor_assignments_id", "id", unique=True, postgresql_where=text("recorded_to IS NULL")),
    )
