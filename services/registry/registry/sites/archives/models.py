from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.sites.archives.kinds import ArchiveCategory


class ArchiveEntry(Owned, Voidable, Base):
    """A paper put into the archive of an organisation; it belongs to the quarter of `dated_on`.

    `entered_on` is the business day on which it was put in: a quarter is judged by what was there when it ended.
    """

    __tablename__ = "archive_entries"

    category: Mapped[ArchiveCategory] = mapped_column(stored_enum(ArchiveCategory))
    title: Mapped[str]
    dated_on: Mapped[date]
    entered_on: Mapped[date]
    file_id: Mapped[UUID] = mapped_column(ForeignKey("site_files.id"))

    __table_args__ = (
        Index("ix_archive_entries_organization_id_dated_on", "organization_id", "dated_on"),
        Index("ix_archive_entries_dated_on_id", "dated_on", "id"),
    )
