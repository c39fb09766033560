from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, func
from sqlalchemy.orm import Mapped, mapped_column

from kit.ids import uuid7
from registry.database import Base


class SiteFile(Base):
    """A picture or a paper of an organisation's site; its content lies in the store, here its address and digest."""

    __tablename__ = "site_files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    key: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str]
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
