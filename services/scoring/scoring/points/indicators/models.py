"""Catalogue versions and their indicators; a published version is closed by a database trigger."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt
from scoring.subjects import SubjectKind


class CatalogueState(LabelledEnum):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"


class Cadence(LabelledEnum):
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half-year", "每半年"
    YEAR = "year", "每年"
    EVENT = "event", "每次"


class Earning(LabelledEnum):
    """How an indicator is earned; `NONE` has no source yet and earns nothing."""

    EVENT = "event", "系统事件"
    CLAIM = "claim", "申报审核"
    NONE = "none", "暂无来源"


class Catalogue(Versioned, Base):
    """One version of the indicators of one subject kind, for whole points years.

    Without `root_id` it is the default of every district that published none of its own.
    """

    __tablename__ = "catalogues"
    __table_args__ = (
        CheckConstraint("required_count > 0", name="required_count_positive"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published_has_moment"),
        Index(
            "uq_catalogues_published",
            "root_id",
            "subject_kind",
            "from_year",
            unique=True,
            postgresql_where="state = 'published'",
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID | None]
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    name: Mapped[str]
    required_count: Mapped[int] = mapped_column(SmallInteger)
    from_year: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[CatalogueState] = mapped_column(stored_enum(CatalogueState), default=CatalogueState.DRAFT)
    published_at: Mapped[datetime | None]
    created_at: Mapped[RecordedAt]


class Indicator(Base):
    __tablename__ = "indicators"
    __table_args__ = (
        UniqueConstraint("catalogue_id", "code"),
        CheckConstraint("points > 0", name="points_positive"),
        CheckConstraint("annual_cap = points * max_times_per_year", name="cap_is_points_times"),
        CheckConstraint(
            "max_times_per_year = CASE cadence WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half-year' THEN 2 "
            "WHEN 'year' THEN 1 ELSE greatest(max_times_per_year, 1) END",
            name="times_fit_cadence",
        ),
        CheckConstraint("(earning = 'event') = (jsonb_array_length(triggers) > 0)", name="event_has_trigger"),
    )

    id: Mapped[Id]
    catalogue_id: Mapped[UUID] = mapped_column(ForeignKey("catalogues.id", ondelete="CASCADE"))
    code: Mapped[str]
    position: Mapped[int] = mapped_column(SmallInteger)
    dimension: Mapped[str]
    name: Mapped[str]
    points: Mapped[Decimal]
    cadence: Mapped[Cadence] = mapped_column(stored_enum(Cadence))
    max_times_per_year: Mapped[int] = mapped_column(SmallInteger)
    annual_cap: Mapped[Decimal]
    evidence: Mapped[str]
    source: Mapped[str]
    earning: Mapped[Earning] = mapped_column(stored_enum(Earning))
    triggers: Mapped[list[Any]] = mapped_column(default=list)
