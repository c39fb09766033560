"""Public pledges (诺): approved one by one, rated at the end of the year."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class PledgeState(LabelledEnum):
    SUBMITTED = "submitted", "待审定"
    APPROVED = "approved", "已审定"
    RETURNED = "returned", "退回修改"


class Fulfilment(LabelledEnum):
    FULFILLED = "fulfilled", "已兑现"
    PARTLY = "partly_fulfilled", "部分兑现"
    UNFULFILLED = "unfulfilled", "未兑现"


class Pledge(Versioned, Base):
    __tablename__ = "pledges"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        UniqueConstraint("review_id", "subject_id", "position"),
        CheckConstraint("position BETWEEN 1 AND 5", name="at_most_five"),
        CheckConstraint("(state = 'submitted') = (decided_on IS NULL)", name="decided_has_day"),
        CheckConstraint("fulfilment IS NULL OR state = 'approved'", name="only_approved_is_rated"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    content: Mapped[str]
    state: Mapped[PledgeState] = mapped_column(stored_enum(PledgeState), default=PledgeState.SUBMITTED)
    submitted_on: Mapped[date]
    paper_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    fulfilment: Mapped[Fulfilment | None] = mapped_column(stored_enum(Fulfilment))
    rated_by: Mapped[UUID | None]
    rated_on: Mapped[date | None]
    comment: Mapped[str | None]
    created_at: Mapped[RecordedAt]


class PledgeExemption(Base):
    __tablename__ = "pledge_exemptions"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
    )

    review_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    reason: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
