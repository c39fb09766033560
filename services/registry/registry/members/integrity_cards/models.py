from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.members.integrity_cards.kinds import IntegrityKind


class IntegrityEntry(Owned, Voidable, Base):
    """A line of a member's integrity card; `organization_id` is where the member belonged when it was written.

    The card belongs to the member: whoever has the member has all of its lines, and so it travels.
    """

    __tablename__ = "integrity_entries"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[IntegrityKind] = mapped_column(stored_enum(IntegrityKind))
    happened_on: Mapped[date]
    content: Mapped[str]
    evidence: Mapped[str | None]

    __table_args__ = (
        Index("ix_integrity_entries_member_id_happened_on", "member_id", "happened_on"),
        Index("ix_integrity_entries_happened_on_id", "happened_on", "id"),
    )
