from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base, Id
from training.exams.live.kinds import BuzzState, LiveState, RoundState


class LiveContest(Owned, Voidable, Base):
    """现场抢答: teams answer the questions of a paper drawn for the contest, one after another."""

    __tablename__ = "live_contests"

    title: Mapped[str]
    held_on: Mapped[date]
    state: Mapped[LiveState] = mapped_column(stored_enum(LiveState))
    smallest_team: Mapped[int] = mapped_column(SmallInteger)
    points: Mapped[int] = mapped_column(SmallInteger)
    question_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))

    __table_args__ = (
        CheckConstraint("least(smallest_team, points) >= 1", name="teams_and_points_counted"),
        Index("ix_live_contests_held_on_id", "held_on", "id"),
    )


class LiveTeam(Base):
    """参赛小组; `score` changes under the lock of the contest."""

    __tablename__ = "live_teams"

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    live_contest_id: Mapped[UUID] = mapped_column(ForeignKey("live_contests.id"))
    name: Mapped[str]
    member_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    score: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        UniqueConstraint("live_contest_id", "name"),
        Index("ix_live_teams_score_id", "score", "id"),
    )


class LiveRound(Owned, Base):
    """One question of a contest; after a wrong answer the other teams have another `turn`."""

    __tablename__ = "live_rounds"

    live_contest_id: Mapped[UUID] = mapped_column(ForeignKey("live_contests.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"))
    state: Mapped[RoundState] = mapped_column(stored_enum(RoundState))
    turn: Mapped[int] = mapped_column(SmallInteger)
    opened_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("live_contest_id", "number"),
        Index("ix_live_rounds_opened_at_id", "opened_at", "id"),
    )


class LiveBuzz(Base):
    """A press of the buzzer, by the server's time; the database lets one of a turn be the first."""

    __tablename__ = "live_buzzes"

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    live_round_id: Mapped[UUID] = mapped_column(ForeignKey("live_rounds.id"))
    live_team_id: Mapped[UUID] = mapped_column(ForeignKey("live_teams.id"))
    member_id: Mapped[UUID]
    turn: Mapped[int] = mapped_column(SmallInteger)
    buzzed_at: Mapped[datetime]
    state: Mapped[BuzzState] = mapped_column(stored_enum(BuzzState))

    __table_args__ = (
        UniqueConstraint("live_round_id", "live_team_id", "turn"),
        Index("uq_live_buzzes_first", "live_round_id", "turn", unique=True, postgresql_where=text("state <> 'late'")),
        Index("ix_live_buzzes_buzzed_at_id", "buzzed_at", "id"),
    )
