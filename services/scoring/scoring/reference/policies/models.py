"""Numbers of policy, each with the day it takes effect, for one district or (without root) as the default."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from scoring.database import Base


class PolicyName(LabelledEnum):
    DIARY_BACK_DAYS = "diary_back_days", "记实最多可补记的天数"
    CLAIM_GRACE_DAYS = "claim_grace_days", "年度结束后仍可申报上年度事项的天数"
    EVALUATION_DUE_DAYS = "evaluation_due_days", "月度评价在月末之后多少天内确认"
    COMPLAINT_LOWERED_STARS = "complaint_lowered_stars", "群众反映属实的减几星"
    ADVANCED_STARS = "advanced_stars", "几星以上为先进"
    BACKWARD_STARS = "backward_stars", "几星以下(含)为后进"
    REWARD_THREE_STARS = "reward_three_stars", "三星奖励金额(元)"
    REWARD_FOUR_STARS = "reward_four_stars", "四星奖励金额(元)"
    REWARD_FIVE_STARS = "reward_five_stars", "五星奖励金额(元)"


AMOUNTS = frozenset({PolicyName.REWARD_THREE_STARS, PolicyName.REWARD_FOUR_STARS, PolicyName.REWARD_FIVE_STARS})
MOST_OF_DAYS_AND_STARS, MOST_OF_MONEY = 366, 1_000_000


class Policy(Base):
    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("root_id", "name", "effective_from", postgresql_nulls_not_distinct=True),
        CheckConstraint("value >= 0", name="value_not_negative"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, server_default=func.gen_random_uuid())
    root_id: Mapped[UUID | None]
    name: Mapped[PolicyName] = mapped_column(stored_enum(PolicyName))
    effective_from: Mapped[date]
    value: Mapped[Decimal]
