from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Schema
from registry.identity.authorities.rules import Basis
from registry.tree.posts.kinds import PostKind


class PersonRead(Schema):
    id: UUID = Field(title="编号")
    name: str = Field(title="姓名")


class HeldRoleRead(Schema):
    role: str = Field(title="角色")
    label: str = Field(title="角色名称")
    organization_id: UUID | None = Field(title="党组织", description="为空表示不限党组织")
    organization_name: str | None = Field(title="党组织名称")


class RoleSourceRead(HeldRoleRead):
    """One reason for a role: what gives it, and from when until when."""

    basis: Basis = Field(title="由来")
    post_kind: PostKind | None = Field(title="职务", description="由职务而来的才有")
    valid_from: date = Field(title="起")
    valid_to: date | None = Field(title="止", description="不含当日,为空表示未定")
    holds_today: bool = Field(title="今天有效")


class AccountRolesRead(Schema):
    account_id: UUID = Field(title="账号编号")
    account_name: str = Field(title="账号")
    is_active: bool = Field(title="账号有效")
    roles: list[RoleSourceRead] = Field(title="角色及其由来")


class OwnAccountRead(Schema):
    account_id: UUID = Field(title="账号")
    username: str = Field(title="用户名")
    person: PersonRead | None = Field(title="本人")
    roles: list[HeldRoleRead] = Field(title="角色及范围")
    must_change_password: bool = Field(title="须先修改口令")
