from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from records.columns import Owned
from records.voiding import Voidable
from registry.database import Base
from registry.liaison.contact_logs.kinds import ContactKind


class Contact(Owned, Voidable, Base):
    """联系记录: an instructor contacted a unit; its organisation is the one that sent the instructor.

    `covering_ids` are the Party organisations that covered the unit on that day: whose month the visit counts for.
    """

    __tablename__ = "contacts"

    instructor_id: Mapped[UUID] = mapped_column(ForeignKey("instructors.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[ContactKind] = mapped_column(stored_enum(ContactKind))
    contacted_on: Mapped[date]
    content: Mapped[str]
    covering_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))

    __table_args__ = (
        Index("ix_contacts_instructor_id_contacted_on", "instructor_id", "contacted_on"),
        Index("ix_contacts_contacted_on_id", "contacted_on", "id"),
        Index("ix_contacts_covering_ids", "covering_ids", postgresql_using="gin"),
    )
