"""The ledger: entries that are only ever added, and the totals they move."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, Numeric, SmallInteger, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, stored_enum
from scoring.database import Base, Id, RecordedAt
from scoring.subjects import SubjectKind


class LedgerEntry(Base):
    """One cause, one entry: `requested` is what the event earned, `granted` what the caps left of it."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("source", "source_ref"),
        UniqueConstraint("reversal_of"),
        CheckConstraint("(reversal_of IS NULL) = (requested > 0)", name="sign_fits"),
        CheckConstraint(
            "granted BETWEEN least(requested, 0) AND greatest(requested, 0)",
            name="granted_within_requested",
        ),
        CheckConstraint("reversal_of IS NULL OR reason IS NOT NULL", name="reversal_has_reason"),
        Index("ix_ledger_entries_subject", "subject_id", "points_year", "indicator_code", "id"),
        Index("ix_ledger_entries_root", "root_id", "points_year"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    catalogue_id: Mapped[UUID] = mapped_column(ForeignKey("catalogues.id"))
    indicator_code: Mapped[str] = mapped_column(C_TEXT)
    points_year: Mapped[int] = mapped_column(SmallInteger)
    period: Mapped[int] = mapped_column(SmallInteger)
    period_key: Mapped[str] = mapped_column(C_TEXT)
    occurred_on: Mapped[date]
    requested: Mapped[Decimal]
    granted: Mapped[Decimal]
    clipped: Mapped[Decimal] = mapped_column(Numeric(12, 2), Computed("requested - granted", persisted=True))
    source: Mapped[str]
    source_ref: Mapped[str]
    reversal_of: Mapped[UUID | None] = mapped_column(ForeignKey("ledger_entries.id"))
    reason: Mapped[str | None]
    actor: Mapped[UUID | None]
    recorded_at: Mapped[RecordedAt]


class PointTotal(Base):
    """What a subject holds of one indicator in one year; its row is the lock under which caps are decided."""

    __tablename__ = "point_totals"
    __table_args__ = (
        CheckConstraint("granted >= 0", name="granted_not_negative"),
        Index("ix_point_totals_year", "points_year", "root_id", "subject_kind"),
    )

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    points_year: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    indicator_code: Mapped[str] = mapped_column(C_TEXT, primary_key=True)
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    root_id: Mapped[UUID]
    granted: Mapped[Decimal] = mapped_column(default=0)
    by_period: Mapped[list[Decimal]] = mapped_column(ARRAY(Numeric(12, 2)))


class CauseRevision(Base):
    """The newest revision told of a cause that can be corrected; older ones that come late earn nothing."""

    __tablename__ = "cause_revisions"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_counted"),)

    source: Mapped[str] = mapped_column(primary_key=True)
    source_ref: Mapped[str] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    revision: Mapped[int]
