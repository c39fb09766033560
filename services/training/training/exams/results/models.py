from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.exams.results.kinds import ContestKind


class ContestResult(Owned, Voidable, Base):
    """竞赛成绩 of a member: whether the knowledge asked for was there, and the place in the order of those who won."""

    __tablename__ = "contest_results"

    kind: Mapped[ContestKind] = mapped_column(stored_enum(ContestKind))
    contest: Mapped[str]
    held_on: Mapped[date]
    member_id: Mapped[UUID]
    is_passed: Mapped[bool]
    place: Mapped[int | None] = mapped_column(SmallInteger)

    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND 100", name="place_counted"),
        Index(
            "uq_contest_results_member_id",
            "member_id",
            "kind",
            "contest",
            "held_on",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_contest_results_held_on_id", "held_on", "id"),
    )
