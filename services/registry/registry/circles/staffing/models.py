from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.circles.staffing.kinds import CentreStaffKind
from registry.database import Base


class CentreStaff(Owned, Voidable, Base):
    """Who is sent to the centre of a circle as its instructor or its teacher; one of each at a time."""

    __tablename__ = "centre_staff"

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"))
    kind: Mapped[CentreStaffKind] = mapped_column(stored_enum(CentreStaffKind))
    person_name: Mapped[str]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("ended_on > valid_from", name="ended_after_start"),
        Index(
            "uq_centre_staff_circle_id", "circle_id", "kind", unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_centre_staff_valid_from_id", "valid_from", "id"),
    )  # fmt: skip
