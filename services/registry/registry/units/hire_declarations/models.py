from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class HireDeclaration(Owned, Voidable, Base):
    """入职亮明身份: how many a unit hired on a day, and how many of them have declared their political status since.

    Only head counts: of who is no member of the Party nothing is kept, and members are registered as members.
    """

    __tablename__ = "hire_declarations"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    hired_on: Mapped[date]
    people: Mapped[int] = mapped_column(Integer)
    declared: Mapped[int] = mapped_column(Integer)
    members: Mapped[int] = mapped_column(Integer)
    declared_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint(
            "people >= 1 AND members >= 0 AND members <= declared AND declared <= people", name="counts_in_order"
        ),
        CheckConstraint("(declared = 0) = (declared_on IS NULL)", name="declared_has_day"),
        CheckConstraint("declared_on >= hired_on", name="declared_after_hiring"),
        Index("ix_hire_declarations_hired_on_id", "hired_on", "id"),
    )
