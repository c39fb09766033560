from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.ids import uuid7
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base, ManyOf
from registry.units.ledgers.kinds import LedgerBlock


class LedgerEntry(Owned, Voidable, Base):
    """What was found about one block of a unit on a day; the latest one stands until the next."""

    __tablename__ = "ledger_entries"

    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    block: Mapped[LedgerBlock] = mapped_column(stored_enum(LedgerBlock))
    checked_on: Mapped[date]
    content: Mapped[str]

    __table_args__ = (
        Index("ix_ledger_entries_unit_id_block_checked_on", "unit_id", "block", "checked_on"),
        Index("ix_ledger_entries_checked_on_id", "checked_on", "id"),
    )


class FrozenLedger(Base):
    """五清台账 of a unit as it stood on the last day of a quarter; nothing changes it afterwards."""

    __tablename__ = "frozen_ledgers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    organization_id: Mapped[UUID] = mapped_column(index=True)
    root_id: Mapped[UUID]
    quarter_ends_on: Mapped[date]
    frozen_on: Mapped[date]
    blocks: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_blocks: Mapped[list[LedgerBlock]] = mapped_column(ManyOf(LedgerBlock), server_default=text("'{}'"))
    stale_blocks: Mapped[list[LedgerBlock]] = mapped_column(ManyOf(LedgerBlock), server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        Index("uq_frozen_ledgers_unit_id", "unit_id", "quarter_ends_on", unique=True),
        Index("ix_frozen_ledgers_quarter_ends_on_id", "quarter_ends_on", "id"),
    )
