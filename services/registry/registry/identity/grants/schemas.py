from datetime import date
from typing import Literal, get_args
from uuid import UUID

from pydantic import Field, JsonValue

from kit.edge import BusinessDate, Schema, Text
from registry.identity.grants.models import Role

GrantableRole = Literal[
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
    Role.DISTRICT_OFFICER,
    Role.TOWN_OFFICER,
    Role.BRANCH_SECRETARY,
]

GRANTABLE_LABELS: dict[str, JsonValue] = {role.value: role.label for role in get_args(GrantableRole)}


class GrantGive(Schema):
    account_id: UUID = Field(title="账号")
    role: GrantableRole = Field(title="角色", json_schema_extra={"x-enum-labels": GRANTABLE_LABELS})
    organization_id: UUID | None = Field(default=None, title="党组织", description="管理员可不填,表示不限")
    valid_from: BusinessDate | None = Field(default=None, title="起始日", description="不填为今天")
    valid_to: BusinessDate | None = Field(default=None, title="终止日", description="自该日起不再有效")
    reason: Text = Field(title="事由")


class GrantEnd(Schema):
    ends_on: BusinessDate | None = Field(default=None, title="终止日", description="自该日起不再有效,不填为今天")
    reason: Text = Field(title="事由")


class GrantRead(Schema):
    id: UUID = Field(title="编号")
    version: int = Field(title="版本")
    account_id: UUID = Field(title="账号")
    role: Role = Field(title="角色")
    organization_id: UUID | None = Field(title="党组织")
    valid_from: date = Field(title="起始日")
    valid_to: date | None = Field(title="终止日")
    reason: str = Field(title="事由")
