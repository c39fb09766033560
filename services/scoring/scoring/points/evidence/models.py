"""Files that prove something; their content lies in the store, here only their address and digest."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from scoring.database import Base, Id, RecordedAt


class EvidenceFile(Base):
    __tablename__ = "evidence_files"
    __table_args__ = (Index(None, "uploaded_by"), Index(None, "organization_id"))

    id: Mapped[Id]
    key: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    organization_id: Mapped[UUID | None]
    uploaded_by: Mapped[UUID]
    uploaded_at: Mapped[RecordedAt]
