"""What training copied from registry; where a member or meeting stands is always joined from the organisation."""

from datetime import date
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from training.database import Base, Path


class PartyOrganization(Base):
    __tablename__ = "party_organizations"
    __table_args__ = (Index(None, "path"), Index(None, "parent_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int] = mapped_column(SmallInteger)
    parent_id: Mapped[UUID | None]
    path: Mapped[Path]
    root_id: Mapped[UUID]
    is_active: Mapped[bool]


class Member(Base):
    __tablename__ = "members"
    __table_args__ = (Index(None, "organization_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    organization_id: Mapped[UUID]
    root_id: Mapped[UUID]
    stage: Mapped[str]
    is_active: Mapped[bool]


class Post(Base):
    __tablename__ = "posts"
    __table_args__ = (Index(None, "organization_id"), Index(None, "member_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    member_id: Mapped[UUID | None]
    organization_id: Mapped[UUID | None]
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    is_current_record: Mapped[bool]
