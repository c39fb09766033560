from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class UnitPost(Owned, Voidable, Base):
    """单位职务: a member's post in the management of a unit; `organization_id` is where the member belonged then.

    Who holds one beside a post of the Party is cross-appointed (双向进入、交叉任职).
    """

    __tablename__ = "unit_posts"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    title: Mapped[str]
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("ended_on > valid_from", name="ended_after_start"),
        Index("ix_unit_posts_valid_from_id", "valid_from", "id"),
        Index(
            "uq_unit_posts_member_id_unit_id_title",
            "member_id",
            "unit_id",
            "title",
            unique=True,
            postgresql_where=text("ended_on IS NULL AND void_reason IS NULL"),
        ),
    )
