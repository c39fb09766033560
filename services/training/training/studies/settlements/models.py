from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base, Hours, Id, RecordedAt


class Settlement(Base):
    """One Party organisation's study year, settled once; a correction is a further revision with its reason."""

    __tablename__ = "study_year_settlements"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "revision"),
        CheckConstraint("revision >= 1", name="revision_counted"),
        CheckConstraint("(revision = 1) = (correction_reason IS NULL)", name="correction_reasoned"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    revision: Mapped[int] = mapped_column(SmallInteger)
    correction_reason: Mapped[str | None]
    settled_at: Mapped[datetime]
    settled_by: Mapped[UUID]
    recorded_at: Mapped[RecordedAt]


class SettlementLine(Base):
    __tablename__ = "study_year_lines"

    settlement_id: Mapped[UUID] = mapped_column(ForeignKey("study_year_settlements.id"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    root_id: Mapped[UUID]
    is_leader: Mapped[bool]
    hours: Mapped[Hours]
    required: Mapped[Hours]
    superior_classes: Mapped[int]
    required_superior_classes: Mapped[int]
    is_met: Mapped[bool]
