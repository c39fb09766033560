from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.members.developments.kinds import DevelopmentStage, DevelopmentStep, DevelopmentTag, PaperKind
from registry.members.members.kinds import MemberStage


class Development(Owned, Voidable, Base):
    """One person's way into the Party: the step to be taken next, since when, and the days that count later.

    `late_on` is the last day a step was taken after it was due; `former_stage` is what the person was before.
    """

    __tablename__ = "developments"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id"), index=True)
    former_stage: Mapped[MemberStage] = mapped_column(stored_enum(MemberStage))
    tag: Mapped[DevelopmentTag | None] = mapped_column(stored_enum(DevelopmentTag))
    is_backbone: Mapped[bool]
    step: Mapped[DevelopmentStep] = mapped_column(stored_enum(DevelopmentStep))
    applied_on: Mapped[date]
    entered_on: Mapped[date]
    due_on: Mapped[date | None]
    late_on: Mapped[date | None]
    activist_on: Mapped[date | None]
    prospect_on: Mapped[date | None]
    received_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ending_reason: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("num_nulls(ended_on, ending_reason) IN (0, 2)", name="ended_whole"),
        Index(
            "uq_developments_member_id",
            "member_id",
            unique=True,
            postgresql_where=text("step <> 'closed' AND ended_on IS NULL AND void_reason IS NULL"),
        ),
        Index("ix_developments_applied_on_id", "applied_on", "id"),
    )


class DevelopmentPaper(Owned, Voidable, Base):
    """What proves a step: who recommended, appraised, talked, taught or was named; `person_id` is a mentor's."""

    __tablename__ = "development_papers"

    development_id: Mapped[UUID] = mapped_column(ForeignKey("developments.id"), index=True)
    stage: Mapped[DevelopmentStage] = mapped_column(stored_enum(DevelopmentStage))
    kind: Mapped[PaperKind] = mapped_column(stored_enum(PaperKind))
    happened_on: Mapped[date]
    ends_on: Mapped[date | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"))
    hours: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    content: Mapped[str]

    __table_args__ = (
        CheckConstraint("(kind IN ('mentor', 'introducer')) = (person_id IS NOT NULL)", name="guide_has_person"),
        CheckConstraint("(kind = 'training') = (hours IS NOT NULL)", name="training_has_hours"),
        CheckConstraint("(kind = 'publicity') = (ends_on IS NOT NULL)", name="publicity_has_end"),
        Index("ix_development_papers_happened_on_id", "happened_on", "id"),
    )
