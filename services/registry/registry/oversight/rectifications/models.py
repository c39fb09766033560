from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.oversight.rectifications.kinds import RectificationGround, RectificationStage


class Rectification(Owned, Voidable, Base):
    """软弱涣散整顿 of one organisation: why, what is done by when, and what its superior said of it."""

    __tablename__ = "rectifications"

    ground: Mapped[RectificationGround] = mapped_column(stored_enum(RectificationGround))
    cause: Mapped[str]
    measures: Mapped[str]
    responsible: Mapped[str]
    listed_on: Mapped[date]
    due_on: Mapped[date]
    stage: Mapped[RectificationStage] = mapped_column(
        stored_enum(RectificationStage), default=RectificationStage.RECTIFYING
    )
    submitted_on: Mapped[date | None]
    submission: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    opinion: Mapped[str | None]
    rejections: Mapped[int] = mapped_column(Integer, default=0)
    closed_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("due_on > listed_on", name="due_after_listing"),
        CheckConstraint("num_nulls(submitted_on, submission) IN (0, 2)", name="submitted_whole"),
        CheckConstraint("num_nulls(decided_on, decided_by, opinion) IN (0, 3)", name="decided_whole"),
        CheckConstraint("(stage = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        CheckConstraint("closed_on IS NULL OR decided_by IS NOT NULL", name="closed_by_somebody"),
        Index(
            "uq_rectifications_organization_id",
            "organization_id",
            unique=True,
            postgresql_where=text("stage <> 'closed' AND void_reason IS NULL"),
        ),
        Index("ix_rectifications_listed_on_id", "listed_on", "id"),
    )


class RectificationNote(Owned, Base):
    """整改进展: what was done on a day; a wrong note is put right by a further one."""

    __tablename__ = "rectification_notes"

    rectification_id: Mapped[UUID] = mapped_column(ForeignKey("rectifications.id"), index=True)
    noted_on: Mapped[date]
    content: Mapped[str]
