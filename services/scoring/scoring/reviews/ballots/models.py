"""Ballots: who took part is kept apart from what was chosen, with nothing that joins the two.

A choice leaves no row: every vote rewrites all counters of its ballot at once, so neither order, moment nor
transaction of a row tells one vote from another.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class BallotKind(LabelledEnum):
    DEMOCRATIC = "democratic", "民主测评"
    MUTUAL = "mutual", "党员互评"


class BallotState(LabelledEnum):
    OPEN = "open", "投票中"
    CLOSED = "closed", "已截止"


class Ballot(Versioned, Base):
    """Closed validly it is the one that counts, until a later one, which only its reopening permits, is closed so."""

    __tablename__ = "ballots"
    __table_args__ = (
        Index("uq_ballots_open", "review_id", "kind", unique=True, postgresql_where="state = 'open'"),
        CheckConstraint("votes_cast BETWEEN 0 AND votes_entitled", name="no_more_votes_than_voters"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        CheckConstraint("is_valid OR reopened_on IS NULL", name="only_valid_reopened"),
        CheckConstraint("num_nulls(reopened_on, reopened_by, reopening_reason) IN (0, 3)", name="reopened_whole"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    kind: Mapped[BallotKind] = mapped_column(stored_enum(BallotKind))
    state: Mapped[BallotState] = mapped_column(stored_enum(BallotState), default=BallotState.OPEN)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    votes_entitled: Mapped[int] = mapped_column(Integer)
    votes_cast: Mapped[int] = mapped_column(Integer, default=0)
    is_valid: Mapped[bool] = mapped_column(default=False)
    reopened_on: Mapped[date | None]
    reopened_by: Mapped[UUID | None]
    reopening_reason: Mapped[str | None]
    created_at: Mapped[RecordedAt]


class BallotVoter(Base):
    """One row a person: the key itself forbids a second vote."""

    __tablename__ = "ballot_voters"

    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    own_subject_id: Mapped[UUID | None]
    has_vote: Mapped[bool]
    has_taken_part: Mapped[bool] = mapped_column(default=False)


class VotingToken(Base):
    """The voter's device makes the secret, only its hash is told and kept, and a spent one is deleted."""

    __tablename__ = "voting_tokens"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("ballots.id"))
    root_id: Mapped[UUID]
    own_subject_id: Mapped[UUID | None]


class BallotCount(Base):
    """The votes one subject was given, by grade."""

    __tablename__ = "ballot_counts"
    __table_args__ = (
        CheckConstraint("least(excellent, qualified, basic, unqualified) >= 0", name="counts_not_negative"),
    )

    ballot_id: Mapped[UUID] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    excellent: Mapped[int] = mapped_column(Integer, default=0)
    qualified: Mapped[int] = mapped_column(Integer, default=0)
    basic: Mapped[int] = mapped_column(Integer, default=0)
    unqualified: Mapped[int] = mapped_column(Integer, default=0)
