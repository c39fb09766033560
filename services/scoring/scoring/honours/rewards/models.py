"""Rewards for published stars of three and more: one a subject and cycle, none without a star."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from scoring.database import Base
from scoring.subjects import SubjectKind


class Reward(Owned, Voidable, Base):
    __tablename__ = "rewards"
    __table_args__ = (
        Index("uq_rewards_subject_id", "subject_id", "cycle_id", unique=True, postgresql_where="void_reason IS NULL"),
        CheckConstraint("level BETWEEN 3 AND 5", name="level_is_rewarded"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        Index("ix_rewards_cycle_id_level_id", "cycle_id", "level", "id"),
    )

    recorded_at: Mapped[datetime] = mapped_column(server_default=func.business_now())
    cycle_id: Mapped[UUID] = mapped_column(ForeignKey("cycles.id"))
    star_id: Mapped[UUID] = mapped_column(ForeignKey("stars.id"))
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    level: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Decimal]
    granted_on: Mapped[date]
