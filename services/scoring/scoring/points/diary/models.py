"""一日一记实: what a member did on a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt


class PracticeKind(LabelledEnum):
    WORK = "work", "岗位履职"
    VISIT = "visit", "联系走访"
    SERVICE = "service", "服务群众"
    STUDY = "study", "学习提高"
    OTHER = "other", "其他"


class DiaryEntry(Versioned, Base):
    __tablename__ = "diary_entries"
    __table_args__ = (
        Index(None, "member_id", "practised_on"),
        Index(None, "organization_id", "practised_on"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    practised_on: Mapped[date]
    kind: Mapped[PracticeKind] = mapped_column(stored_enum(PracticeKind))
    content: Mapped[str]
    created_at: Mapped[RecordedAt]


class DiaryMonth(Base):
    """A branch's month that has been summed: its entries are closed."""

    __tablename__ = "diary_months"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(C_TEXT, primary_key=True)
