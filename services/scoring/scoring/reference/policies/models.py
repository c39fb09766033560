"""Numbers of policy, each with the day it takes effect."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base


class PolicyName(LabelledEnum):
    DIARY_BACK_DAYS = "diary_back_days", "记实最多可补记的天数"
    CLAIM_GRACE_DAYS = "claim_grace_days", "年度结束后仍可申报上年度事项的天数"


class Policy(Base):
    __tablename__ = "policies"
    __table_args__ = (CheckConstraint("value >= 0", name="value_not_negative"),)

    name: Mapped[PolicyName] = mapped_column(stored_enum(PolicyName), primary_key=True)
    effective_from: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal]
