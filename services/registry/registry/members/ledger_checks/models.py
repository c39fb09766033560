from datetime import date

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class LedgerCheck(Owned, Voidable, Base):
    """What an organisation counted of its own members at the end of a quarter, beside what the register held."""

    __tablename__ = "ledger_checks"

    quarter_ends_on: Mapped[date]
    checked_on: Mapped[date]
    stated: Mapped[int] = mapped_column(Integer)
    counted: Mapped[int] = mapped_column(Integer)
    note: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("stated >= 0 AND counted >= 0", name="counts_not_negative"),
        CheckConstraint("checked_on >= quarter_ends_on", name="checked_after_quarter"),
        CheckConstraint("stated = counted OR note IS NOT NULL", name="difference_is_explained"),
        Index(
            "uq_ledger_checks_organization_id_quarter_ends_on",
            "organization_id",
            "quarter_ends_on",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_ledger_checks_quarter_ends_on_id", "quarter_ends_on", "id"),
    )
