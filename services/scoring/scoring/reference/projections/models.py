"""What scoring copied from registry; the path of a member is the path of its organisation."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from scoring.database import Base, Path


class PartyOrganization(Base):
    __tablename__ = "party_organizations"
    __table_args__ = (Index(None, "path"),)

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
    host_kind: Mapped[str | None]
    is_directly_managed: Mapped[bool] = mapped_column(default=False)
    set_up_mode: Mapped[str | None]
    is_joint: Mapped[bool] = mapped_column(default=False)


class Member(Base):
    __tablename__ = "members"
    __table_args__ = (Index(None, "path"), Index(None, "organization_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    organization_id: Mapped[UUID]
    path: Mapped[Path]
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


class DemonstrationPoint(Base):
    __tablename__ = "demonstration_points"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    level: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Move(Base):
    """A branch of the tree that changed its prefix: rows told of later with an older path are re-pathed by it."""

    __tablename__ = "moves"

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    old_path: Mapped[Path]
    new_path: Mapped[Path]
    moved_at: Mapped[datetime]
