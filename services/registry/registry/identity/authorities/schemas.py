from uuid import UUID

from pydantic import Field

from kit.edge import Schema


class PersonRead(Schema):
    id: UUID = Field(title="编号")
    name: str = Field(title="姓名")


class HeldRoleRead(Schema):
    role: str = Field(title="角色")
    label: str = Field(title="角色名称")
    organization_id: UUID | None = Field(title="党组织", description="为空表示不限党组织")
    organization_name: str | None = Field(title="党组织名称")


class OwnAccountRead(Schema):
    account_id: UUID = Field(title="账号")
    username: str = Field(title="用户名")
    person: PersonRead | None = Field(title="本人")
    roles: list[HeldRoleRead] = Field(title="角色及范围")
    must_change_password: bool = Field(title="须先修改口令")
