from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.mutual_aid.provisions.kinds import AidRating, ProvisionState


class ServiceProvision(Owned, Voidable, Base):
    """A member provided an item of the menu on a day; somebody else confirms it with what those helped said of it."""

    __tablename__ = "service_provisions"

    service_item_id: Mapped[UUID] = mapped_column(ForeignKey("service_items.id"))
    member_id: Mapped[UUID]
    provided_on: Mapped[date]
    helped: Mapped[int] = mapped_column(Integer)
    content: Mapped[str]
    state: Mapped[ProvisionState] = mapped_column(stored_enum(ProvisionState))
    rating: Mapped[AidRating | None] = mapped_column(stored_enum(AidRating))
    confirmed_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("helped >= 1", name="somebody_was_helped"),
        CheckConstraint(
            "(state = 'confirmed') = (rating IS NOT NULL) AND (state = 'confirmed') = (confirmed_on IS NOT NULL)",
            name="confirmed_with_rating",
        ),
        Index(
            "uq_service_provisions_member_id",
            "member_id",
            "service_item_id",
            "provided_on",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_service_provisions_provided_on_id", "provided_on", "id"),
    )
