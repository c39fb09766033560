from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.kinds import Audience
from training.messages.messages.kinds import DeliveryFailure, DeliveryState, MessageKind, MessageState
from training.messages.registrations.kinds import Channel


class Message(Owned, Voidable, Base):
    """A text, or with it a study material, for a group of people by one channel; void, it is called off or back."""

    __tablename__ = "messages"

    kind: Mapped[MessageKind] = mapped_column(stored_enum(MessageKind))
    channel: Mapped[Channel] = mapped_column(stored_enum(Channel))
    audience: Mapped[Audience] = mapped_column(stored_enum(Audience))
    chosen_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    title: Mapped[str]
    text: Mapped[str]
    material: Mapped[str | None]
    state: Mapped[MessageState] = mapped_column(stored_enum(MessageState))
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(kind = 'material') = (material IS NOT NULL)", name="material_of_materials"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_moment"),
        Index("ix_messages_recorded_at_id", "recorded_at", "id"),
    )


class Delivery(Owned, Base):
    """What became of a message for one person: taken by the channel or not, and read or signed for."""

    __tablename__ = "deliveries"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id"))
    member_id: Mapped[UUID]
    state: Mapped[DeliveryState] = mapped_column(stored_enum(DeliveryState))
    failure: Mapped[DeliveryFailure | None] = mapped_column(stored_enum(DeliveryFailure))
    failure_note: Mapped[str | None]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("message_id", "member_id"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed_has_cause"),
        CheckConstraint(
            "(failure IS NOT DISTINCT FROM 'rejected') = (failure_note IS NOT NULL)", name="rejected_has_note"
        ),
        CheckConstraint("state = 'accepted' OR read_at IS NULL", name="read_where_accepted"),
        Index("ix_deliveries_member_id", "member_id"),
        Index("ix_deliveries_recorded_at_id", "recorded_at", "id"),
    )
