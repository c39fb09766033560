from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class LeaderContact(Owned, Voidable, Base):
    """领导干部联系点: a leading cadre of the district looks after an organisation, from a day up to, not on, another.

    Leading cadres are no members of the two-new branches: they are kept by name and post.
    """

    __tablename__ = "leader_contacts"

    leader_name: Mapped[str]
    leader_post: Mapped[str]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("ended_on > valid_from", name="ended_after_start"),
        Index(
            "uq_leader_contacts_leader_name",
            "organization_id",
            "leader_name",
            unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_leader_contacts_valid_from_id", "valid_from", "id"),
    )


class LeaderVisit(Owned, Voidable, Base):
    """领导走访: a visit of the leader to the contact point."""

    __tablename__ = "leader_visits"

    leader_contact_id: Mapped[UUID] = mapped_column(ForeignKey("leader_contacts.id"))
    visited_on: Mapped[date]
    content: Mapped[str]

    __table_args__ = (
        Index("ix_leader_visits_leader_contact_id_visited_on", "leader_contact_id", "visited_on"),
        Index("ix_leader_visits_visited_on_id", "visited_on", "id"),
    )
