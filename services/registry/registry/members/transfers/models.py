from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.members.transfers.kinds import TransferOrigin, TransferState


class Transfer(Owned, Voidable, Base):
    """A member on the way from one branch to another; `organization_id` is the old one, responsible until the receipt.

    `first_valid_until` stays when the letter is renewed: by it the transfer is in time or late. `former_arrived_on` is
    since when the member had belonged to the old branch, for a receipt that turns out to be a mistake.
    """

    __tablename__ = "transfers"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    to_organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    origin: Mapped[TransferOrigin] = mapped_column(stored_enum(TransferOrigin))
    reason: Mapped[str]
    asked_on: Mapped[date]
    state: Mapped[TransferState] = mapped_column(stored_enum(TransferState))
    letter_number: Mapped[str | None]
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    first_valid_until: Mapped[date | None]
    received_on: Mapped[date | None]
    former_arrived_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closing_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("organization_id <> to_organization_id", name="two_organizations"),
        CheckConstraint(
            "num_nulls(letter_number, issued_on, valid_until, first_valid_until) IN (0, 4)", name="letter_whole"
        ),
        CheckConstraint("state NOT IN ('issued', 'received') OR issued_on IS NOT NULL", name="issued_has_letter"),
        CheckConstraint("(state = 'received') = (received_on IS NOT NULL)", name="received_has_day"),
        CheckConstraint("received_on BETWEEN issued_on AND valid_until", name="received_while_valid"),
        CheckConstraint("num_nulls(closed_on, closing_reason) IN (0, 2)", name="closed_whole"),
        Index(
            "uq_transfers_member_id",
            "member_id",
            unique=True,
            postgresql_where=text("state IN ('asked', 'issued') AND void_reason IS NULL"),
        ),
        Index("ix_transfers_asked_on_id", "asked_on", "id"),
    )
