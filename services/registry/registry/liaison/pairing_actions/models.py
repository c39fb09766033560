from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class PairingAction(Owned, Voidable, Base):
    """帮扶活动: what was done for a partner, with the sites, jobs and yuan it brought.

    `helper_ids` are the Party organisations that helped: the helper itself, or those that covered the unit that day.
    """

    __tablename__ = "pairing_actions"

    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairings.id"), index=True)
    acted_on: Mapped[date]
    content: Mapped[str]
    sites_built: Mapped[int] = mapped_column(Integer, default=0)
    jobs: Mapped[int] = mapped_column(Integer, default=0)
    money: Mapped[Decimal] = mapped_column(default=0)
    helper_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))

    __table_args__ = (
        CheckConstraint("sites_built >= 0 AND jobs >= 0 AND money >= 0", name="nothing_negative"),
        Index("ix_pairing_actions_acted_on_id", "acted_on", "id"),
    )
