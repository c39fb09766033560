from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from training.branch_sites.sites.kinds import ColumnKind, PostState, SiteState, WithdrawalReason
from training.database import Base


class BranchSite(Owned, Voidable, Base):
    """网上支部: an organisation's place on the net, tended in the background until every must-have is there.

    `met` are the must-haves found at the last check; a withdrawal forgets them. Quotas and deadlines are its own.
    """

    __tablename__ = "branch_sites"

    name: Mapped[str]
    state: Mapped[SiteState] = mapped_column(stored_enum(SiteState))
    applied_on: Mapped[date]
    met: Mapped[list[str]] = mapped_column(ARRAY(Text))
    checked_on: Mapped[date | None]
    online_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawal: Mapped[WithdrawalReason | None] = mapped_column(stored_enum(WithdrawalReason))
    is_exemplary: Mapped[bool] = mapped_column(default=False)
    monthly_check_ins: Mapped[int] = mapped_column(SmallInteger)
    monthly_posts: Mapped[int] = mapped_column(SmallInteger)
    stale_days: Mapped[int] = mapped_column(SmallInteger)
    reply_hours: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (
        CheckConstraint("(state = 'online') <= (online_on IS NOT NULL)", name="online_has_day"),
        CheckConstraint("(state = 'withdrawn') = (withdrawal IS NOT NULL)", name="withdrawn_has_reason"),
        CheckConstraint("(state = 'online') >= is_exemplary", name="exemplary_is_online"),
        CheckConstraint("least(monthly_check_ins, monthly_posts) >= 0", name="quotas_not_negative"),
        CheckConstraint("least(stale_days, reply_hours) >= 1", name="deadlines_positive"),
        Index(
            "uq_branch_sites_organization_id",
            "organization_id",
            unique=True,
            postgresql_where=text("void_reason IS NULL"),
        ),
        Index("ix_branch_sites_applied_on_id", "applied_on", "id"),
    )


class SiteColumn(Owned, Base):
    """栏目 of a site; what is written in a moderated one is shown when a moderator has let it pass."""

    __tablename__ = "site_columns"

    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    name: Mapped[str]
    kind: Mapped[ColumnKind] = mapped_column(stored_enum(ColumnKind))
    is_moderated: Mapped[bool]
    ended_on: Mapped[date | None]

    __table_args__ = (
        Index(
            "uq_site_columns_name",
            "branch_site_id",
            "name",
            unique=True,
            postgresql_where=text("ended_on IS NULL"),
        ),
    )


class SitePost(Owned, Base):
    """A message in a column, or a comment on one; two texts of one author with the same `gist` count once a month."""

    __tablename__ = "site_posts"

    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    site_column_id: Mapped[UUID] = mapped_column(ForeignKey("site_columns.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("site_posts.id"))
    online_meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("online_meetings.id"))
    author_member_id: Mapped[UUID]
    text: Mapped[str]
    gist: Mapped[str]
    posted_at: Mapped[datetime]
    posted_on: Mapped[date]
    study_minutes: Mapped[int] = mapped_column(SmallInteger, default=0)
    state: Mapped[PostState] = mapped_column(stored_enum(PostState))
    hidden_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("study_minutes BETWEEN 0 AND 120", name="minutes_bounded"),
        CheckConstraint("(state = 'hidden') = (hidden_reason IS NOT NULL)", name="hidden_has_reason"),
        Index("ix_site_posts_branch_site_id_posted_on", "branch_site_id", "posted_on"),
        Index("ix_site_posts_site_column_id_posted_at", "site_column_id", "posted_at"),
        Index("ix_site_posts_parent_id", "parent_id"),
        Index("ix_site_posts_online_meeting_id", "online_meeting_id"),
        Index("ix_site_posts_posted_at_id", "posted_at", "id"),
    )
