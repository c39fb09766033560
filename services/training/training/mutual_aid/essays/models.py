from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from records.voiding import Voidable
from training.database import Base, Id


class Essay(Owned, Voidable, Base):
    """征文: a member's entry, improved version by version; a shared one is read and commented in the whole district."""

    __tablename__ = "essays"

    title: Mapped[str]
    topic: Mapped[str]
    author_member_id: Mapped[UUID]
    is_shared: Mapped[bool]
    latest: Mapped[int] = mapped_column(SmallInteger, default=1)
    submitted_on: Mapped[date]

    __table_args__ = (
        CheckConstraint("latest >= 1", name="versions_counted"),
        Index("ix_essays_submitted_on_id", "submitted_on", "id"),
    )


class EssayVersion(Base):
    """What was handed in stays as it was; a new version stands beside it."""

    __tablename__ = "essay_versions"

    id: Mapped[Id]
    essay_id: Mapped[UUID] = mapped_column(ForeignKey("essays.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str]
    submitted_on: Mapped[date]

    __table_args__ = (UniqueConstraint("essay_id", "number"),)


class EssayComment(Owned, Voidable, Base):
    """点评 of a version; `organization_id` is the commenter's."""

    __tablename__ = "essay_comments"

    essay_id: Mapped[UUID] = mapped_column(ForeignKey("essays.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    author_member_id: Mapped[UUID]
    text: Mapped[str]
    commented_on: Mapped[date]

    __table_args__ = (
        Index("ix_essay_comments_essay_id", "essay_id"),
        Index("ix_essay_comments_commented_on_id", "commented_on", "id"),
    )
