from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kit.edge import BusinessDate, Code, OptionalText, Schema, Text
from registry.tree.organizations.kinds import HostKind, JointReason, OrganizationKind, SetUpMode

OrganizationCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{13}$", strict=True)]
Division = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$", strict=True)]


class OrganizationCreate(Schema):
    name: Text = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    parent_id: UUID | None = Field(default=None, title="上级组织")
    code: OrganizationCode | None = Field(default=None, title="组织代码", description="不填则自动编码")
    division: Division | None = Field(default=None, title="行政区划代码", description="自动编码时使用,默认随上级")
    external_code: Code | None = Field(default=None, title="外部代码")
    host_kind: HostKind | None = Field(default=None, title="依托")
    set_up_mode: SetUpMode | None = Field(default=None, title="组建模式")
    joint_reasons: list[JointReason] = Field(default=[], max_length=3, title="联合原因")
    founded_on: BusinessDate = Field(title="成立日期")
    term_ends_on: BusinessDate | None = Field(default=None, title="届满日期")


class OrganizationCorrect(Schema):
    """Absent fields stay; an explicit null empties."""

    name: Text | None = Field(default=None, title="组织名称")
    external_code: Code | None = Field(default=None, title="外部代码")
    host_kind: HostKind | None = Field(default=None, title="依托")
    set_up_mode: SetUpMode | None = Field(default=None, title="组建模式")
    joint_reasons: list[JointReason] | None = Field(default=None, max_length=3, title="联合原因")
    term_ends_on: BusinessDate | None = Field(default=None, title="届满日期")


class OrganizationMove(Schema):
    parent_id: UUID = Field(title="新的上级组织")
    moved_on: BusinessDate = Field(title="生效日期")


class OrganizationRead(Schema):
    id: UUID
    code: str = Field(title="组织代码")
    external_code: str | None = Field(title="外部代码")
    name: str = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    level: int = Field(title="层级")
    host_kind: HostKind | None = Field(title="依托")
    set_up_mode: SetUpMode | None = Field(title="组建模式")
    joint_reasons: list[JointReason] = Field(title="联合原因")
    parent_id: UUID | None = Field(title="上级组织")
    root_id: UUID = Field(title="所属区委")
    path: str
    is_directly_managed: bool = Field(title="直管")
    founded_on: date = Field(title="成立日期")
    term_ends_on: date | None = Field(title="届满日期")
    dissolved_on: date | None = Field(title="撤销日期")
    is_active: bool = Field(title="是否在册")
    version: int


class OrganizationNode(Schema):
    id: UUID
    parent_id: UUID | None
    code: str
    name: str
    kind: OrganizationKind
    level: int
    path: str
    is_directly_managed: bool
    is_active: bool


class OrganizationTree(Schema):
    as_of: date
    nodes: list[OrganizationNode] = Field(description="上级在前,同级按编码顺序")


class RevisionRead(Schema):
    version: int
    changed_on: date
    change: str = Field(title="变更")
    changed_by: UUID | None
    state: dict[str, object]


class PlacementRead(Schema):
    parent_id: UUID | None
    path: str
    is_directly_managed: bool
    valid_from: date
    valid_to: date | None


class OrganizationHistory(Schema):
    revisions: list[RevisionRead]
    placements: list[PlacementRead]


SearchText = Annotated[OptionalText, Field(title="按名称查找")]
