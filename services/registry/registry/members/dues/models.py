from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.members.dues.kinds import DuesStanding


class DuesPayment(Owned, Voidable, Base):
    """党费: what a member paid for a month (`month_on` is its first day); of the income only the band is kept.

    `owed` is what the table or an approved reduction asks. `entered_on` is the business day it was written down:
    a month is judged by what the ledger held when it ended. `organization_id` is where the member then belonged.
    """

    __tablename__ = "dues_payments"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    month_on: Mapped[date]
    standing: Mapped[DuesStanding] = mapped_column(stored_enum(DuesStanding))
    band: Mapped[int] = mapped_column(Integer)
    owed: Mapped[Decimal]
    paid: Mapped[Decimal]
    paid_on: Mapped[date]
    entered_on: Mapped[date]
    is_full: Mapped[bool]
    reduction_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("owed >= 0 AND paid > 0", name="amounts"),
        CheckConstraint("is_full = (paid >= owed)", name="full_when_paid"),
        CheckConstraint("extract(day FROM month_on) = 1", name="month_begins"),
        Index(
            "uq_dues_payments_member_id",
            "member_id",
            "month_on",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_dues_payments_month_on_id", "month_on", "id"),
    )
