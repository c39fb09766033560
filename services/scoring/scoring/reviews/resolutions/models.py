"""Deliberation (议): the meeting with its quorum, and its vote on every subject's star."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned
from scoring.database import Base, Id, RecordedAt


class Resolution(Versioned, Base):
    """Proven by the signed sheet of its votes; `confirmed_*` is the superior's word on what waited for it."""

    __tablename__ = "resolutions"
    __table_args__ = (
        Index(None, "review_id"),
        CheckConstraint("2 * present_count >= body_size", name="quorum_present"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    held_on: Mapped[date]
    body_size: Mapped[int] = mapped_column(Integer)
    present_count: Mapped[int] = mapped_column(Integer)
    present_member_ids: Mapped[list[Any]]
    sheet_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence_files.id"))
    recorded_by: Mapped[UUID]
    recorded_on: Mapped[date]
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))
    confirmed_by: Mapped[UUID | None]
    confirmed_on: Mapped[date | None]
    created_at: Mapped[RecordedAt]


class ResolutionDecision(Base):
    """A decision that did not pass leaves the subject undecided for another meeting.

    One that concerns who recorded it does not stand before the superior has confirmed it.
    """

    __tablename__ = "resolution_decisions"
    __table_args__ = (
        Index(
            "uq_resolution_decisions_standing", "review_id", "subject_id", unique=True, postgresql_where="is_standing"
        ),
        CheckConstraint("least(votes_for, votes_against, abstentions) >= 0", name="votes_not_negative"),
        CheckConstraint("stars BETWEEN 0 AND 5", name="stars_in_range"),
        CheckConstraint("stars IS NOT DISTINCT FROM proposed_stars OR reason IS NOT NULL", name="adjusted_has_reason"),
        CheckConstraint("is_passed OR NOT is_standing", name="only_passed_stands"),
        CheckConstraint("NOT (awaits_superior AND is_standing)", name="awaiting_does_not_stand"),
    )

    resolution_id: Mapped[UUID] = mapped_column(ForeignKey("resolutions.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    root_id: Mapped[UUID]
    proposed_stars: Mapped[int | None] = mapped_column(SmallInteger)
    stars: Mapped[int] = mapped_column(SmallInteger)
    votes_for: Mapped[int] = mapped_column(Integer)
    votes_against: Mapped[int] = mapped_column(Integer)
    abstentions: Mapped[int] = mapped_column(Integer)
    is_passed: Mapped[bool]
    is_standing: Mapped[bool]
    awaits_superior: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    reason: Mapped[str | None]
