from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.ids import uuid7
from registry.database import Base
from registry.members.judgements.kinds import JudgementKind


class Judgement(Base):
    """What was told of an organisation's period; `revision` rises when a correction of the register changes it."""

    __tablename__ = "judgements"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[JudgementKind] = mapped_column(stored_enum(JudgementKind))
    organization_id: Mapped[UUID]
    root_id: Mapped[UUID]
    period_ends_on: Mapped[date]
    judged_on: Mapped[date]
    revision: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSONB)

    __table_args__ = (
        Index("uq_judgements_kind_period_ends_on", "kind", "period_ends_on", "organization_id", unique=True),
    )
