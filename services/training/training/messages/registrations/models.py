from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from training.database import Base
from training.messages.registrations.kinds import Channel


class ChannelRegistration(Owned, Base):
    """A member is known to a channel outside; `reference` names them there, and telephone numbers stay with it."""

    __tablename__ = "channel_registrations"

    member_id: Mapped[UUID]
    channel: Mapped[Channel] = mapped_column(stored_enum(Channel))
    reference: Mapped[str]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("channel <> 'inbox'", name="inbox_needs_none"),
        CheckConstraint("ended_on >= valid_from", name="ended_after_start"),
        Index(
            "uq_channel_registrations_member_id",
            "member_id",
            "channel",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_channel_registrations_valid_from_id", "valid_from", "id"),
    )
