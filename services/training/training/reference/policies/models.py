"""Numbers of policy as data: each row holds from its day on, for one district or (without root) as the default."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from training.database import Base, Hours, Id, RecordedAt
from training.kinds import CadencePeriod, MeetingKind, RequirementGroup


class MeetingKindRule(Base):
    """What a kind of meeting counts for and how often a branch holds it (rules.md §3)."""

    __tablename__ = "meeting_kind_rules"
    __table_args__ = (UniqueConstraint("root_id", "kind", "effective_from", postgresql_nulls_not_distinct=True),)

    id: Mapped[Id]
    root_id: Mapped[UUID | None]
    kind: Mapped[MeetingKind] = mapped_column(stored_enum(MeetingKind))
    effective_from: Mapped[date]
    cadence: Mapped[CadencePeriod | None] = mapped_column(stored_enum(CadencePeriod))
    counts_hours: Mapped[bool]
    needs_make_up: Mapped[bool]
    recorded_at: Mapped[RecordedAt]


class TrainingLimit(Base):
    """Conversion of lengths into hours, and the deadlines of training (rules.md §4)."""

    __tablename__ = "training_limits"
    __table_args__ = (
        UniqueConstraint("root_id", "effective_from", postgresql_nulls_not_distinct=True),
        CheckConstraint("full_day_hours > 0 AND half_day_hours > 0", name="hours_positive"),
        CheckConstraint(
            "make_up_days > 0 AND confirmation_days > 0 AND check_in_opens_minutes >= 0", name="deadlines_positive"
        ),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID | None]
    effective_from: Mapped[date]
    full_day_hours: Mapped[Hours]
    half_day_hours: Mapped[Hours]
    make_up_days: Mapped[int] = mapped_column(SmallInteger)
    confirmation_days: Mapped[int] = mapped_column(SmallInteger)
    check_in_opens_minutes: Mapped[int] = mapped_column(SmallInteger)
    recorded_at: Mapped[RecordedAt]


class StudyHourRequirement(Base):
    """Hours a year, and classes run by a superior among them; the row in force on 31 December counts."""

    __tablename__ = "study_hour_requirements"
    __table_args__ = (
        UniqueConstraint("root_id", "group", "effective_from", postgresql_nulls_not_distinct=True),
        CheckConstraint("hours >= 0 AND superior_classes >= 0", name="not_negative"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID | None]
    group: Mapped[RequirementGroup] = mapped_column("group", stored_enum(RequirementGroup))
    effective_from: Mapped[date]
    hours: Mapped[Hours]
    superior_classes: Mapped[int] = mapped_column(SmallInteger)
    source: Mapped[str]
    recorded_at: Mapped[RecordedAt]
