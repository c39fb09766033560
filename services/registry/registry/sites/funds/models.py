from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.sites.funds.kinds import FundKind


class FundBudget(Owned, Voidable, Base):
    """党建工作经费 of a unit in a year, against its payroll; `permille` is the share that the tax law lets pass.

    `organization_id` is the unit's jurisdiction when it was written down.
    """

    __tablename__ = "fund_budgets"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    year: Mapped[int] = mapped_column(Integer)
    payroll: Mapped[Decimal]
    budget: Mapped[Decimal]
    spent: Mapped[Decimal]
    permille: Mapped[int] = mapped_column(Integer)
    explanation: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("payroll > 0 AND budget >= 0 AND spent >= 0 AND permille > 0", name="amounts"),
        Index(
            "uq_fund_budgets_unit_id", "unit_id", "year", unique=True, postgresql_where=text("void_reason IS NULL")
        ),
        Index("ix_fund_budgets_year_id", "year", "id"),
    )  # fmt: skip


class FundPayment(Owned, Voidable, Base):
    """拨付: dues that the superior returns to an organisation, or its reward for the star of a year.

    `star_id` and `star_level` are the star record that the reward was given for.
    """

    __tablename__ = "fund_payments"

    kind: Mapped[FundKind] = mapped_column(stored_enum(FundKind))
    year: Mapped[int] = mapped_column(Integer)
    amount: Mapped[Decimal]
    paid_on: Mapped[date]
    purpose: Mapped[str]
    star_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization_stars.id"))
    star_level: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint(
            "num_nonnulls(star_id, star_level) = CASE kind WHEN 'star_reward' THEN 2 ELSE 0 END", name="reward_has_star"
        ),
        Index(
            "uq_fund_payments_organization_id", "organization_id", "year", unique=True,
            postgresql_where=text("kind = 'star_reward' AND void_reason IS NULL"),
        ),
        Index("ix_fund_payments_paid_on_id", "paid_on", "id"),
    )  # fmt: skip
