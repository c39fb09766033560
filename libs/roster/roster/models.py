"""What a service copies from registry into its own database; the path of a member is that of the organisation."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import Index, MetaData, SmallInteger, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kit.database import C_TEXT, NAMING, TYPES

Id = Annotated[UUID, mapped_column(primary_key=True)]
Path = Annotated[str, mapped_column(C_TEXT)]
Flag = Annotated[bool, mapped_column(default=False, server_default=false())]


class Roster(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


class PartyOrganization(Roster):
    """`version` is that of the last change told; a move that is newer has placed the row elsewhere."""

    __tablename__ = "party_organizations"
    __table_args__ = (Index(None, "path"), Index(None, "parent_id"))

    id: Mapped[Id]
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
    is_directly_managed: Mapped[Flag]
    set_up_mode: Mapped[str | None]
    is_joint: Mapped[Flag]


class Move(Roster):
    """An organisation that got another parent; the newest one places its organisation until a newer change is told."""

    __tablename__ = "moves"

    organization_id: Mapped[Id]
    version: Mapped[int] = mapped_column(primary_key=True)
    old_path: Mapped[Path]
    new_path: Mapped[Path]
    parent_id: Mapped[UUID | None]
    moved_at: Mapped[datetime]


class Member(Roster):
    """`left_on` is unknown of those who had left before registry told of days; only a release before the roster
    writes a member without a path.
    """

    __tablename__ = "members"
    __table_args__ = (Index(None, "path"), Index(None, "organization_id"))

    id: Mapped[Id]
    version: Mapped[int]
    name: Mapped[str]
    organization_id: Mapped[UUID]
    path: Mapped[Path] = mapped_column(server_default="")
    root_id: Mapped[UUID]
    stage: Mapped[str]
    is_active: Mapped[bool]
    joined_on: Mapped[date | None]
    left_on: Mapped[date | None]


class Affiliation(Roster):
    """Where a member belonged and in which stage, from the day it was changed to the next change.

    The first one known holds for all days before it, down to the arrival if that is known. `valid_from` and `valid_to`
    follow from the days of all versions; the newest word on a stay's arrival counts for the whole stay.
    """

    __tablename__ = "affiliations"
    __table_args__ = (Index(None, "organization_id"),)

    member_id: Mapped[Id]
    version: Mapped[int] = mapped_column(primary_key=True)
    changed_on: Mapped[date]
    organization_id: Mapped[UUID]
    stage: Mapped[str]
    arrived_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class Post(Roster):
    __tablename__ = "posts"
    __table_args__ = (Index(None, "organization_id"), Index(None, "member_id"))

    id: Mapped[Id]
    version: Mapped[int]
    member_id: Mapped[UUID | None]
    organization_id: Mapped[UUID | None]
    kind: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    is_current_record: Mapped[bool]


class DemonstrationPoint(Roster):
    """One for each organisation: the newest that was told."""

    __tablename__ = "demonstration_points"

    organization_id: Mapped[Id]
    version: Mapped[int]
    level: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


def include_roster(metadata: MetaData) -> None:
    """A service's own metadata holds the roster too, for its migrations and foreign keys."""
    for table in Roster.metadata.sorted_tables:
        table.to_metadata(metadata)
