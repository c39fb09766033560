from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base, Id
from training.mutual_aid.votes.kinds import VoteOutcome


class ServiceVote(Owned, Voidable, Base):
    """网上投票 over the items of a menu: each member has one ballot of at most `most_choices` items."""

    __tablename__ = "service_votes"

    title: Mapped[str]
    opened_on: Mapped[date]
    closes_on: Mapped[date]
    most_choices: Mapped[int] = mapped_column(SmallInteger)
    places: Mapped[int] = mapped_column(SmallInteger)
    closed_on: Mapped[date | None]
    tie_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("closes_on >= opened_on", name="closes_after_opening"),
        CheckConstraint("least(most_choices, places) >= 1", name="something_to_choose"),
        Index("ix_service_votes_opened_on_id", "opened_on", "id"),
    )


class ServiceCandidate(Base):
    """An item that is voted on. `tally` counts ballots; what it was, `votes` tells only when the vote is closed."""

    __tablename__ = "service_candidates"

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    service_vote_id: Mapped[UUID] = mapped_column(ForeignKey("service_votes.id"))
    service_item_id: Mapped[UUID] = mapped_column(ForeignKey("service_items.id"))
    tally: Mapped[int] = mapped_column(Integer, default=0)
    votes: Mapped[int] = mapped_column(Integer, default=0)
    outcome: Mapped[VoteOutcome] = mapped_column(stored_enum(VoteOutcome), default=VoteOutcome.PENDING)

    __table_args__ = (
        UniqueConstraint("service_vote_id", "service_item_id"),
        CheckConstraint("least(tally, votes) >= 0", name="votes_not_negative"),
        Index("ix_service_candidates_votes_id", "votes", "id"),
    )


class ServiceVoter(Base):
    """Who has voted. What somebody chose is kept nowhere: a ballot only raises the tallies."""

    __tablename__ = "service_voters"

    id: Mapped[Id]
    service_vote_id: Mapped[UUID] = mapped_column(ForeignKey("service_votes.id"))
    member_id: Mapped[UUID]

    __table_args__ = (UniqueConstraint("service_vote_id", "member_id"),)
