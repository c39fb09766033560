from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Integer, Sequence, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned, stored_enum
from kit.ids import uuid7
from records.bitemporal import Bitemporal, one_at_a_time
from registry.database import Base, ManyOf
from registry.tree.organizations.kinds import GuidedScope, HostKind, JointReason, OrganizationKind, SetUpMode

root_steps = Sequence("party_organization_root_steps", metadata=Base.metadata)
next_root_step = root_steps.next_value()


class PartyOrganization(Versioned, Base):
    __tablename__ = "party_organizations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    organization_no: Mapped[int] = mapped_column(Integer, Identity(always=True), unique=True)
    code: Mapped[str] = mapped_column(C_TEXT, unique=True)
    external_code: Mapped[str | None]
    name: Mapped[str]
    search_keys: Mapped[list[str]] = mapped_column(ARRAY(Text))
    kind: Mapped[OrganizationKind] = mapped_column(stored_enum(OrganizationKind))
    level: Mapped[int] = mapped_column(SmallInteger)
    host_kind: Mapped[HostKind | None] = mapped_column(stored_enum(HostKind))
    set_up_mode: Mapped[SetUpMode | None] = mapped_column(stored_enum(SetUpMode))
    joint_reasons: Mapped[list[JointReason]] = mapped_column(
        ManyOf(JointReason), server_default=text("'{}'"), default=list
    )
    carrier_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    guided_scope: Mapped[list[GuidedScope]] = mapped_column(
        ManyOf(GuidedScope), server_default=text("'{}'"), default=list
    )
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    path: Mapped[str] = mapped_column(C_TEXT, unique=True)
    children_counter: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    is_directly_managed: Mapped[bool] = mapped_column(default=False)
    founded_on: Mapped[date]
    term_ends_on: Mapped[date | None]
    dissolved_on: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{13}$'", name="code_is_13_digits"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level_known"),
        CheckConstraint("(parent_id IS NULL) = (level = 1)", name="only_the_root_has_no_parent"),
        CheckConstraint("(parent_id IS NULL) = (root_id = id)", name="root_is_itself"),
        CheckConstraint("carrier_id <> id", name="carried_by_another"),
        CheckConstraint("path ~ '^([0-9A-Z]{4}/)+$'", name="path_steps"),
        CheckConstraint("is_active = (dissolved_on IS NULL)", name="dissolved_is_inactive"),
        CheckConstraint("term_ends_on > founded_on", name="term_ends_after_founding"),
        CheckConstraint("dissolved_on >= founded_on", name="dissolved_after_founding"),
        Index("ix_party_organizations_search_keys", "search_keys", postgresql_using="gin"),
    )


class Placement(Bitemporal, Base):
    """隶属关系: where an organisation stood in the tree, by day and as known when."""

    __tablename__ = "placements"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    organization_no: Mapped[int] = mapped_column(Integer)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"))
    root_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"))
    path: Mapped[str] = mapped_column(C_TEXT)
    is_directly_managed: Mapped[bool]

    __table_args__ = (
        one_at_a_time("ex_placements_organization_no", "organization_no"),
        Index("ix_placements_path", "path"),
        Index("ix_placements_organization_id", "organization_id"),
    )


class OrganizationRevision(Base):
    """What an organisation looked like after each change, and who changed it."""

    __tablename__ = "organization_revisions"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("party_organizations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    root_id: Mapped[UUID]
    changed_by: Mapped[UUID | None]
    changed_on: Mapped[date]
    change: Mapped[str]
    state: Mapped[dict[str, Any]]
