from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.columns import Owned
from training.database import Base, Id


class SiteCheckIn(Base):
    """报到: once a day counts."""

    __tablename__ = "site_check_ins"
    __table_args__ = (UniqueConstraint("branch_site_id", "member_id", "checked_in_on"),)

    id: Mapped[Id]
    root_id: Mapped[UUID]
    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    member_id: Mapped[UUID]
    checked_in_on: Mapped[date]


class SiteMonth(Owned, Base):
    """What a month on a site came to, published when it is over; published again, it corrects."""

    __tablename__ = "site_months"

    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    month: Mapped[str]
    ends_on: Mapped[date]
    members: Mapped[int] = mapped_column(Integer)
    check_ins: Mapped[int] = mapped_column(Integer)
    posts: Mapped[int] = mapped_column(Integer)
    expected_posts: Mapped[int] = mapped_column(Integer)
    met: Mapped[int] = mapped_column(Integer)
    is_kept: Mapped[bool]
    revision: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (
        CheckConstraint("met BETWEEN 0 AND members", name="met_of_members"),
        Index("uq_site_months_branch_site_id", "branch_site_id", "month", unique=True),
        Index("ix_site_months_root_id_month_posts", "root_id", "month", "posts"),
    )


class SiteParticipation(Base):
    """One member's month: counted messages, days of checking in, minutes of study."""

    __tablename__ = "site_participations"

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    site_month_id: Mapped[UUID] = mapped_column(ForeignKey("site_months.id", ondelete="CASCADE"))
    branch_site_id: Mapped[UUID] = mapped_column(ForeignKey("branch_sites.id"))
    member_id: Mapped[UUID]
    month: Mapped[str]
    ends_on: Mapped[date]
    check_ins: Mapped[int] = mapped_column(Integer)
    posts: Mapped[int] = mapped_column(Integer)
    study_minutes: Mapped[int] = mapped_column(Integer)
    is_met: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("site_month_id", "member_id"),
        Index("ix_site_participations_member_id_ends_on", "member_id", "ends_on"),
        Index("ix_site_participations_month_id", "month", "id"),
    )
