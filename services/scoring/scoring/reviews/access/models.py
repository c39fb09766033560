"""One review per reviewing organisation and cycle, its frozen subjects, and the record of every step taken."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from records.steps import StepTaken
from scoring.database import Base, Id, RecordedAt
from scoring.reviews.cycles.rules import State

LEFT_STATE = Enum(
    State,
    native_enum=False,
    create_constraint=True,
    length=40,
    name="from_state_known",
    values_callable=lambda members: [member.value for member in members],
)


class Review(Versioned, Base):
    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("cycle_id", "organization_id"),
        Index(None, "organization_id"),
        CheckConstraint("(state = 'final') = (finished_on IS NOT NULL)", name="final_has_day"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    organization_id: Mapped[UUID]
    superior_id: Mapped[UUID]
    state: Mapped[State] = mapped_column(stored_enum(State))
    opened_on: Mapped[date]
    finished_on: Mapped[date | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[RecordedAt]


class ReviewSubject(Base):
    """Who is reviewed, frozen at opening; once in a cycle, whatever moves happen in between."""

    __tablename__ = "review_subjects"
    __table_args__ = (UniqueConstraint("cycle_id", "subject_id"), Index(None, "subject_id"))

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    root_id: Mapped[UUID]
    name: Mapped[str]
    peer_kind: Mapped[str]
    is_graded: Mapped[bool]


class StepRecord(StepTaken, Base):
    __tablename__ = "step_records"
    __table_args__ = (
        UniqueConstraint("review_id", "position"),
        CheckConstraint("(kind = 'opened') = (from_state IS NULL)", name="opened_from_nothing"),
        CheckConstraint("(kind = 'reopened') = (reason IS NOT NULL)", name="reopened_has_reason"),
    )

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    from_state: Mapped[State | None] = mapped_column(LEFT_STATE)
    to_state: Mapped[State] = mapped_column(stored_enum(State))
