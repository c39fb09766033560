from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from training.branch_sites.sites.kinds import SiteOffice
from training.database import Base


class SiteModerator(Owned, Base):
    """网管员 of a whole site or 版主 of one column: nobody tends two sites or two columns at a time."""

    __tablename__ = "site_moderators"

    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    site_column_id: Mapped[UUID | None] = mapped_column(ForeignKey("site_columns.id"))
    member_id: Mapped[UUID]
    office: Mapped[SiteOffice] = mapped_column(stored_enum(SiteOffice))
    valid_from: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        CheckConstraint("(office = 'moderator') = (site_column_id IS NOT NULL)", name="column_of_moderators"),
        CheckConstraint("ended_on >= valid_from", name="ended_after_start"),
        Index(
            "uq_site_moderators_member_id",
            "member_id",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_site_moderators_branch_site_id", "branch_site_id"),
    )
