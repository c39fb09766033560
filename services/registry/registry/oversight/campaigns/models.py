from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.oversight.campaigns.kinds import SampledKind


class Campaign(Owned, Voidable, Base):
    """百日攻坚: an organisation drives something for so many days, the first one included."""

    __tablename__ = "campaigns"

    title: Mapped[str]
    goal: Mapped[str]
    first_on: Mapped[date]
    days: Mapped[int] = mapped_column(Integer)

    __table_args__ = (
        CheckConstraint("days BETWEEN 1 AND 1000", name="days_in_bounds"),
        Index("ix_campaigns_first_on_id", "first_on", "id"),
    )


class CampaignMeeting(Owned, Base):
    """定期调度: what was reported and arranged on a day; a wrong note is put right by a further one."""

    __tablename__ = "campaign_meetings"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    held_on: Mapped[date]
    content: Mapped[str]


class CampaignSample(Owned, Voidable, Base):
    """随机抽查: what was drawn out of how many by which seed; who drew it is `recorded_by`."""

    __tablename__ = "campaign_samples"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    subject_kind: Mapped[SampledKind] = mapped_column(stored_enum(SampledKind))
    seed: Mapped[str]
    population: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    drawn_on: Mapped[date]

    __table_args__ = (
        CheckConstraint("size BETWEEN 1 AND population", name="size_in_population"),
        Index("ix_campaign_samples_drawn_on_id", "drawn_on", "id"),
    )


class CampaignCheck(Owned, Base):
    """One of a sample, in the order drawn, and what was found there; `organization_id` answers for it."""

    __tablename__ = "campaign_checks"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    sample_id: Mapped[UUID] = mapped_column(ForeignKey("campaign_samples.id"))
    position: Mapped[int] = mapped_column(Integer)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    checked_organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    checked_on: Mapped[date | None]
    is_passed: Mapped[bool | None]
    result: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("num_nonnulls(unit_id, checked_organization_id) = 1", name="of_one_subject"),
        CheckConstraint("num_nulls(checked_on, is_passed, result) IN (0, 3)", name="checked_whole"),
        Index("uq_campaign_checks_sample_id_position", "sample_id", "position", unique=True),
        Index("ix_campaign_checks_campaign_id_sample_id_position", "campaign_id", "sample_id", "position"),
    )
