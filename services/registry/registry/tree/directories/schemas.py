from datetime import date

from pydantic import Field

from kit.edge import Schema
from registry.tree.organizations.kinds import HostKind, JointReason, OrganizationKind, SetUpMode


class OrganizationSheet(Schema):
    """党组织名册: one line an organisation, as officials keep it."""

    code: str = Field(title="组织代码")
    external_code: str | None = Field(title="外部代码")
    name: str = Field(title="组织名称")
    kind: OrganizationKind = Field(title="组织类型")
    level: int = Field(title="层级")
    parent_name: str | None = Field(title="上级组织")
    secretary_name: str | None = Field(title="书记")
    host_kind: HostKind | None = Field(title="依托")
    is_directly_managed: bool = Field(title="直管")
    set_up_mode: SetUpMode | None = Field(title="组建模式")
    joint_reasons: list[JointReason] = Field(title="联合原因")
    founded_on: date = Field(title="成立日期")
    term_ends_on: date | None = Field(title="届满日期")
    dissolved_on: date | None = Field(title="撤销日期")
    is_active: bool = Field(title="是否在册")
