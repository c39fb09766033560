from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.ids import uuid7
from registry.database import Base


class Revocation(Base):
    """Either a login, for good, or every access token of a subject issued up to that moment."""

    __tablename__ = "revocations"
    __table_args__ = (CheckConstraint("num_nonnulls(login_id, subject) = 1", name="one_target"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    login_id: Mapped[UUID | None]
    subject: Mapped[UUID | None] = mapped_column(index=True)
    revoked_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
