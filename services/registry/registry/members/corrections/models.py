from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from registry.database import Base
from registry.members.corrections.kinds import CorrectionState


class IdNumberCorrection(Owned, Base):
    """A wrong ID number and the right one, both sealed: asked by the branch, decided by its superior."""

    __tablename__ = "id_number_corrections"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    old_id_number_sealed: Mapped[bytes]
    new_id_number_sealed: Mapped[bytes]
    reason: Mapped[str]
    evidence: Mapped[str | None]
    asked_on: Mapped[date]
    state: Mapped[CorrectionState] = mapped_column(stored_enum(CorrectionState), default=CorrectionState.ASKED)
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    decision_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("num_nulls(decided_on, decided_by) IN (0, 2)", name="decided_whole"),
        CheckConstraint("(state = 'asked') = (decided_on IS NULL)", name="decided_has_day"),
        Index("uq_id_number_corrections_member_id", "member_id", unique=True, postgresql_where=text("state = 'asked'")),
        Index("ix_id_number_corrections_asked_on_id", "asked_on", "id"),
    )
