"""Public notices (示), one per subject with its own working-day clock, and the objections that stop it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class NoticeState(LabelledEnum):
    RUNNING = "running", "公示中"
    STOPPED = "stopped", "因异议暂停"
    REPLACED = "replaced", "已重新公示"
    CLOSED = "closed", "公示结束"


class ObjectionState(LabelledEnum):
    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    REJECTED = "rejected", "不成立"


class Notice(Versioned, Base):
    """`days_left` counts from `running_since`; an open objection empties both `running_since` and `ends_on`."""

    __tablename__ = "notices"
    __table_args__ = (
        ForeignKeyConstraint(["review_id", "subject_id"], ["review_subjects.review_id", "review_subjects.subject_id"]),
        UniqueConstraint("review_id", "subject_id", "round"),
        Index(
            "uq_notices_current",
            "review_id",
            "subject_id",
            unique=True,
            postgresql_where="state IN ('running', 'stopped')",
        ),
        CheckConstraint("days_left >= 0", name="days_left_not_negative"),
        CheckConstraint("(state = 'stopped') = (ends_on IS NULL)", name="stopped_has_no_end"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    round: Mapped[int] = mapped_column(SmallInteger)
    proposed_stars: Mapped[int | None] = mapped_column(SmallInteger)
    state: Mapped[NoticeState] = mapped_column(stored_enum(NoticeState), default=NoticeState.RUNNING)
    opened_on: Mapped[date]
    days_left: Mapped[int] = mapped_column(SmallInteger)
    running_since: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[RecordedAt]


class Objection(Versioned, Base):
    """With `new_facts` it follows one of the same person that was rejected, and goes to the superior.

    An upheld one keeps what its answer read again (`parts`) and what it does not count.
    """

    __tablename__ = "objections"
    __table_args__ = (
        CheckConstraint(
            "(state = 'open') = (decided_on IS NULL) AND (state = 'open') = (reply IS NULL)", name="decided_has_reply"
        ),
        CheckConstraint(
            "state = 'upheld' OR cardinality(parts || set_aside || indicators_set_aside) = 0",
            name="only_upheld_changes",
        ),
        Index(None, "review_id", "subject_id"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"))
    review_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    content: Mapped[str]
    new_facts: Mapped[str | None]
    state: Mapped[ObjectionState] = mapped_column(stored_enum(ObjectionState), default=ObjectionState.OPEN)
    filed_by: Mapped[UUID]
    person_id: Mapped[UUID | None]
    filed_on: Mapped[date]
    reply: Mapped[str | None]
    parts: Mapped[list[str]] = mapped_column(ARRAY(C_TEXT), default=list, server_default="{}")
    set_aside: Mapped[list[str]] = mapped_column(ARRAY(C_TEXT), default=list, server_default="{}")
    indicators_set_aside: Mapped[list[str]] = mapped_column(ARRAY(C_TEXT), default=list, server_default="{}")
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    created_at: Mapped[RecordedAt]
