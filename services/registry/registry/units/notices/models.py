from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, stored_enum
from records.columns import Owned
from registry.database import Base
from registry.units.notices.kinds import NoticeKind


class UnitNotice(Owned, Base):
    """What was told of a unit from outside, once for each event of the one who tells."""

    __tablename__ = "unit_notices"

    event_number: Mapped[str] = mapped_column(C_TEXT, unique=True)
    kind: Mapped[NoticeKind] = mapped_column(stored_enum(NoticeKind))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    occurred_on: Mapped[date]
    formal_members: Mapped[int | None] = mapped_column(Integer)
    is_new_unit: Mapped[bool]

    __table_args__ = (
        CheckConstraint("formal_members >= 0", name="formal_members_not_negative"),
        Index("ix_unit_notices_unit_id_occurred_on", "unit_id", "occurred_on"),
        Index("ix_unit_notices_occurred_on_id", "occurred_on", "id"),
    )
