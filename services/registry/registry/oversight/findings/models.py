from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from registry.database import Base
from registry.oversight.findings.kinds import FindingSubject


class Finding(Versioned, Base):
    """What was told of a finding: since when we know of it, whether it is over, and how an officer answered it.

    What holds today is asked of the registers. The id follows from code and subject, so that a finding which comes
    back is the same row again; the event log keeps what was before. Codes are text: a new one needs no migration.
    """

    __tablename__ = "findings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    subject_kind: Mapped[FindingSubject] = mapped_column(stored_enum(FindingSubject))
    subject_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(index=True)
    root_id: Mapped[UUID]
    began_on: Mapped[date]
    due_on: Mapped[date]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    acknowledged_by: Mapped[UUID | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledgement: Mapped[str | None]
    version: Mapped[int] = mapped_column(Integer, default=1, server_default=text("1"))

    __table_args__ = (
        CheckConstraint("closed_on >= opened_on", name="closed_after_opening"),
        CheckConstraint(
            "num_nonnulls(acknowledged_by, acknowledged_at, acknowledgement) IN (0, 3)", name="acknowledged_as_a_whole"
        ),
        Index("ix_findings_code_open", "code", postgresql_where=text("closed_on IS NULL")),
    )
