from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class CircleMembership(Owned, Voidable, Base):
    """A member of the Party in a circle (个人会员), or an organisation with all its members (团体会员).

    `organization_id` is the organisation that joined, or that of the member who did. `is_far` by the limit of the day.
    """

    __tablename__ = "circle_memberships"

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"), index=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)
    walking_minutes: Mapped[int] = mapped_column(Integer)
    is_far: Mapped[bool]
    joined_on: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("walking_minutes >= 0", name="minutes"),
        CheckConstraint("ended_on > joined_on", name="ended_after_joining"),
        Index(
            "uq_circle_memberships_circle_id", "circle_id", "organization_id", "member_id", unique=True,
            postgresql_nulls_not_distinct=True, postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_circle_memberships_joined_on_id", "joined_on", "id"),
    )  # fmt: skip
