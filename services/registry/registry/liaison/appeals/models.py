from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base


class Appeal(Owned, Voidable, Base):
    """意见诉求: what somebody suggests or asks for; its organisation owes the answer by `due_on`.

    The author may be a registered member, somebody else by name, or nobody who wants to be named.
    """

    __tablename__ = "appeals"

    author_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), index=True)
    author_name: Mapped[str | None]
    owner_member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    topic: Mapped[str]
    content: Mapped[str]
    raised_on: Mapped[date]
    due_on: Mapped[date]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None]
    is_solved: Mapped[bool | None]

    __table_args__ = (
        CheckConstraint("num_nulls(author_member_id, author_name) > 0", name="one_author"),
        CheckConstraint("num_nulls(answer, answered_on, answered_by, is_solved) IN (0, 4)", name="answered_whole"),
        CheckConstraint("due_on >= raised_on AND answered_on >= raised_on", name="days_follow"),
        Index("ix_appeals_organization_id_due_on", "organization_id", "due_on"),
        Index("ix_appeals_raised_on_id", "raised_on", "id"),
    )


class AppealQuarter(Base):
    """What was told of an organisation's quarter the last time it was judged."""

    __tablename__ = "appeal_quarters"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), primary_key=True)
    ends_on: Mapped[date] = mapped_column(primary_key=True)
    due: Mapped[int] = mapped_column(Integer)
    answered_in_time: Mapped[int] = mapped_column(Integer)
    revision: Mapped[int] = mapped_column(Integer)
