"""Complaints about those who hold a star: heard first, decided by the superior, and lowering a star once at most."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.database import Base
from scoring.honours.complaints.kinds import ComplaintSource, ComplaintState
from scoring.subjects import SubjectKind


class Complaint(Owned, Voidable, Base):
    """`organization_id` is the organisation that reviews the subject; its superior decides."""

    __tablename__ = "complaints"
    __table_args__ = (
        CheckConstraint(
            "(heard_on IS NULL) = (hearing IS NULL) AND (state = 'filed') = (hearing IS NULL)",
            name="decided_only_when_heard",
        ),
        CheckConstraint(
            "(state IN ('upheld', 'dismissed')) = (decided_on IS NOT NULL) AND (decided_on IS NULL) = (reason IS NULL)",
            name="decided_has_reason",
        ),
        CheckConstraint("lowered_star_id IS NULL OR state = 'upheld'", name="only_upheld_lowers"),
        Index("uq_complaints_lowered_star_id", "lowered_star_id", unique=True),
        Index("ix_complaints_subject_id", "subject_id"),
        Index("ix_complaints_filed_on_id", "filed_on", "id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    complainant_id: Mapped[UUID | None]
    source: Mapped[ComplaintSource] = mapped_column(stored_enum(ComplaintSource))
    state: Mapped[ComplaintState] = mapped_column(stored_enum(ComplaintState), default=ComplaintState.FILED)
    content: Mapped[str]
    filed_on: Mapped[date]
    heard_on: Mapped[date | None]
    hearing: Mapped[str | None]
    decided_on: Mapped[date | None]
    reason: Mapped[str | None]
    proposed_level: Mapped[int | None] = mapped_column(SmallInteger)
    lowered_star_id: Mapped[UUID | None] = mapped_column(ForeignKey("stars.id"))
