from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import ConfigDict, Field, StringConstraints

from kit.edge import AS_CODE, BusinessDate, Code, Name, OptionalText, Schema
from records.listing import Listing, Where, equals
from registry.names import named_like
from registry.tree.organizations.kinds import (
    GuidedScope,
    HostKind,
    JointReason,
    OrganizationKind,
    OrganizationLevel,
    SetUpMode,
)
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import below

OrganizationCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{13}$", strict=True), AS_CODE]
OrganizationId = Annotated[UUID, Path(title="党组织编号")]
Level = Annotated[int, Field(ge=OrganizationLevel.DISTRICT, le=OrganizationLevel.GROUP)]
Division = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$", strict=True), AS_CODE]


class OrganizationCreate(Schema):
    name: Name = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    parent_id: UUID | None = Field(default=None, title="上级组织")
    code: OrganizationCode | None = Field(default=None, title="组织代码", description="不填则自动编码")
    division: Division | None = Field(default=None, title="行政区划代码", description="自动编码时使用,默认随上级")
    external_code: Code | None = Field(default=None, title="外部代码")
    host_kind: HostKind | None = Field(default=None, title="依托")
    set_up_mode: SetUpMode | None = Field(default=None, title="组建模式")
    joint_reasons: list[JointReason] = Field(
        default=[], max_length=len(JointReason), title="联合原因", description="联合党支部至少填写一项"
    )
    carrier_id: UUID | None = Field(default=None, title="依托的党组织", description="商会、协会或专业市场的党组织")
    guided_scope: list[GuidedScope] = Field(default=[], max_length=2, title="归口指导范围", description="行业党委填写")
    founded_on: BusinessDate = Field(title="成立日期")
    term_ends_on: BusinessDate | None = Field(default=None, title="届满日期")


class OrganizationCorrect(Schema):
    """Absent fields stay; an explicit null empties."""

    name: Name | None = Field(default=None, title="组织名称")
    external_code: Code | None = Field(default=None, title="外部代码")
    host_kind: HostKind | None = Field(default=None, title="依托")
    set_up_mode: SetUpMode | None = Field(default=None, title="组建模式")
    joint_reasons: list[JointReason] | None = Field(
        default=None, max_length=len(JointReason), title="联合原因", description="联合党支部至少填写一项"
    )
    carrier_id: UUID | None = Field(default=None, title="依托的党组织")
    guided_scope: list[GuidedScope] | None = Field(default=None, max_length=2, title="归口指导范围")
    term_ends_on: BusinessDate | None = Field(default=None, title="届满日期")


class OrganizationMove(Schema):
    parent_id: UUID = Field(title="新的上级组织")
    moved_on: BusinessDate = Field(title="生效日期")


class OrganizationRead(Schema):
    id: UUID = Field(title="编号")
    code: str = Field(title="组织代码")
    external_code: str | None = Field(title="外部代码")
    name: str = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    level: int = Field(title="层级")
    host_kind: HostKind | None = Field(title="依托")
    set_up_mode: SetUpMode | None = Field(title="组建模式")
    joint_reasons: list[JointReason] = Field(title="联合原因")
    carrier_id: UUID | None = Field(title="依托的党组织编号")
    carrier_name: str | None = Field(title="依托的党组织")
    guided_scope: list[GuidedScope] = Field(title="归口指导范围")
    parent_id: UUID | None = Field(title="上级组织编号")
    parent_name: str | None = Field(title="上级组织")
    root_id: UUID = Field(title="所属区委编号")
    path: str = Field(title="层级路径")
    is_directly_managed: bool = Field(title="直管")
    is_pilot: bool = Field(title="三个率先试点", description="试点即区级直管的党组织")
    founded_on: date = Field(title="成立日期")
    term_ends_on: date | None = Field(title="届满日期")
    dissolved_on: date | None = Field(title="撤销日期")
    is_active: bool = Field(title="是否在册")
    version: int = Field(title="版本")


class OrganizationListing(
    Listing,
    sortable=(
        PartyOrganization.path,
        PartyOrganization.code,
        PartyOrganization.name,
        PartyOrganization.kind,
        PartyOrganization.level,
        PartyOrganization.founded_on,
    ),
    order=(PartyOrganization.path, PartyOrganization.id),
):
    kind: Annotated[list[OrganizationKind], equals(PartyOrganization.kind)] = Field(
        default=[], max_length=9, title="组织类型"
    )
    level: Annotated[list[Level], equals(PartyOrganization.level)] = Field(default=[], max_length=5, title="层级")
    host_kind: Annotated[list[HostKind], equals(PartyOrganization.host_kind)] = Field(
        default=[], max_length=len(HostKind), title="依托"
    )
    set_up_mode: Annotated[list[SetUpMode], equals(PartyOrganization.set_up_mode)] = Field(
        default=[], max_length=9, title="组建模式"
    )
    parent_id: Annotated[UUID | None, equals(PartyOrganization.parent_id)] = Field(default=None, title="上级组织编号")
    carrier_id: Annotated[UUID | None, equals(PartyOrganization.carrier_id)] = Field(
        default=None, title="依托的党组织编号"
    )
    under: Annotated[UUID | None, Where(below(PartyOrganization.id))] = Field(default=None, title="该组织及其全部下级")
    is_directly_managed: Annotated[bool | None, equals(PartyOrganization.is_directly_managed)] = Field(
        default=None, title="直管"
    )
    is_pilot: Annotated[bool | None, equals(PartyOrganization.is_directly_managed)] = Field(
        default=None, title="三个率先试点"
    )
    is_active: Annotated[bool | None, equals(PartyOrganization.is_active)] = Field(default=True, title="是否在册")
    q: Annotated[OptionalText | None, Where(named_like(PartyOrganization.search_keys))] = Field(
        default=None, title="按组织名称查找"
    )


class OrganizationNode(Schema):
    id: UUID = Field(title="编号")
    parent_id: UUID | None = Field(title="上级组织编号")
    code: str = Field(title="组织代码")
    name: str = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    level: int = Field(title="层级")
    path: str = Field(title="层级路径")
    is_directly_managed: bool = Field(title="直管")
    is_active: bool = Field(title="是否在册")


class OrganizationTree(Schema):
    as_of: date = Field(title="查看日期")
    nodes: list[OrganizationNode] = Field(title="各级组织", description="上级在前,同级按编码顺序")


class OrganizationState(Schema):
    """What a revision keeps of an organisation."""

    model_config = ConfigDict(extra="ignore")

    id: UUID = Field(title="编号")
    code: str = Field(title="组织代码")
    name: str = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    level: int = Field(title="层级")
    parent_id: UUID | None = Field(title="上级组织编号")
    path: str = Field(title="层级路径")
    root_id: UUID = Field(title="所属区委编号")
    is_active: bool = Field(title="是否在册")
    host_kind: HostKind | None = Field(title="依托")
    is_directly_managed: bool = Field(title="直管")
    set_up_mode: SetUpMode | None = Field(title="组建模式")
    is_joint: bool = Field(title="联合党支部")


class RevisionRead(Schema):
    version: int = Field(title="版本")
    changed_on: date = Field(title="变更日期")
    change: str = Field(title="变更")
    changed_by: UUID | None = Field(title="变更人账号")
    state: OrganizationState = Field(title="变更后")


class PlacementRead(Schema):
    parent_id: UUID | None = Field(title="上级组织编号")
    parent_name: str | None = Field(title="上级组织")
    path: str = Field(title="层级路径")
    is_directly_managed: bool = Field(title="直管")
    valid_from: date = Field(title="起始日期")
    valid_to: date | None = Field(title="结束日期")


class OrganizationHistory(Schema):
    revisions: list[RevisionRead] = Field(title="变更记录")
    placements: list[PlacementRead] = Field(title="隶属关系")
