from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import Path
from pydantic import Field, JsonValue

from kit.edge import BusinessDate, Schema, Text
from records.bitemporal import valid_on
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.identity.grants.models import Grant, Role

GrantId = Annotated[UUID, Path(title="授权编号")]

GrantableRole = Literal[
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
    Role.DISTRICT_OFFICER,
    Role.TOWN_OFFICER,
    Role.BRANCH_SECRETARY,
    Role.CONVENER,
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
    ended_on: BusinessDate | None = Field(default=None, title="终止日", description="自该日起不再有效,不填为今天")
    reason: Text = Field(title="事由")


class GrantRead(Schema):
    id: UUID = Field(title="编号")
    version: int = Field(title="版本")
    account_id: UUID = Field(title="账号编号")
    account_name: str = Field(title="用户名")
    person_name: str | None = Field(title="姓名")
    role: Role = Field(title="角色")
    organization_id: UUID | None = Field(title="党组织编号", description="为空表示不限党组织")
    organization_name: str | None = Field(title="党组织")
    valid_from: date = Field(title="起始日")
    valid_to: date | None = Field(title="终止日")
    reason: str = Field(title="事由")
    void_reason: str | None = Field(title=VOID_REASON)


class GrantListing(Listing, sortable=(Grant.valid_from, Grant.role), order=(Grant.id,)):
    account_id: Annotated[UUID | None, equals(Grant.account_id)] = Field(default=None, title="账号编号")
    role: Annotated[list[Role], equals(Grant.role)] = Field(default=[], max_length=len(Role), title="角色")
    organization_id: Annotated[UUID | None, equals(Grant.organization_id)] = Field(default=None, title="党组织编号")
    is_void: Annotated[bool, void_or_not(Grant)] = Field(default=False, title="只列已作废的")
    as_of: Annotated[BusinessDate | None, Where(lambda day: valid_on(Grant, day))] = Field(
        default=None, title="该日有效"
    )
