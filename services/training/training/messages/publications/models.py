from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.database import Base
from training.messages.publications.kinds import PublicationForm


class Publication(Owned, Voidable, Base):
    """A paper or magazine that an organisation puts out for its members."""

    __tablename__ = "publications"

    name: Mapped[str]
    form: Mapped[PublicationForm] = mapped_column(stored_enum(PublicationForm))
    founded_on: Mapped[date]

    __table_args__ = (
        Index(
            "uq_publications_organization_id",
            "organization_id",
            "name",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_publications_founded_on_id", "founded_on", "id"),
    )


class PublicationIssue(Owned, Voidable, Base):
    """One numbered issue (期) of it; numbers and days rise together."""

    __tablename__ = "publication_issues"

    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publications.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    published_on: Mapped[date]
    headline: Mapped[str]
    summary: Mapped[str | None]
    copies: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        CheckConstraint("number >= 1", name="number_counted"),
        CheckConstraint("copies >= 0", name="copies_not_negative"),
        Index(
            "uq_publication_issues_publication_id",
            "publication_id",
            "number",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_publication_issues_published_on_id", "published_on", "id"),
    )
