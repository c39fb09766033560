from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, SecretStr, StringConstraints, model_validator

from kit.edge import AS_CODE, LongText, OptionalName, Schema
from kit.texts import printable
from records.listing import Listing, Where, equals
from registry.identity.accounts import queries
from registry.identity.accounts.models import Account
from registry.identity.accounts.rules import LONGEST
from registry.tree.organizations.queries import below

AccountId = Annotated[UUID, Path(title="账号编号")]


def printable_secret(secret: SecretStr) -> SecretStr:
    printable(secret.get_secret_value())
    return secret


Password = Annotated[SecretStr, Field(min_length=1, max_length=LONGEST), AfterValidator(printable_secret)]
Username = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{2,63}$"), AS_CODE]


class AccountOpen(Schema):
    username: Username = Field(title="用户名", description="字母或数字开头,3 至 64 个字符", examples=["dongmen.shuji"])
    member_id: UUID | None = Field(default=None, title="党员", description="账号属于哪位党员")
    instructor_id: UUID | None = Field(default=None, title="党建指导员", description="账号属于哪位指导员")

    @model_validator(mode="after")
    def belongs_to_one_person(self) -> Self:
        if self.member_id is not None and self.instructor_id is not None:
            raise ValueError("党员和指导员只能填一个")
        return self


class AccountRead(Schema):
    id: UUID = Field(title="编号")
    username: str = Field(title="用户名")
    member_id: UUID | None = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    instructor_id: UUID | None = Field(title="党建指导员编号")
    instructor_name: str | None = Field(title="党建指导员")
    organization_id: UUID | None = Field(title="所在组织编号")
    organization_name: str | None = Field(title="所在组织")
    must_change_password: bool = Field(title="须先修改口令")
    is_active: bool = Field(title="有效")
    is_activated: bool = Field(title="已激活", description="已设置口令")
    created_at: datetime = Field(title="建立时刻")
    version: int = Field(title="版本")


class AccountListing(Listing, sortable=(Account.username, Account.created_at), order=(Account.username, Account.id)):
    username: Annotated[Username | None, equals(Account.username)] = Field(
        default=None, title="用户名", description="完全匹配"
    )
    member_id: Annotated[UUID | None, equals(Account.member_id)] = Field(default=None, title="党员编号")
    instructor_id: Annotated[UUID | None, equals(Account.instructor_id)] = Field(default=None, title="党建指导员编号")
    under: Annotated[UUID | None, Where(below(queries.organization_id_of_person()))] = Field(
        default=None, title="该组织及其全部下级的人"
    )
    organization_id: Annotated[UUID | None, equals(queries.organization_id_of_person())] = Field(
        default=None, title="所在组织编号"
    )
    is_active: Annotated[bool | None, equals(Account.is_active)] = Field(default=None, title="有效")
    q: Annotated[OptionalName | None, Where(queries.found_by)] = Field(default=None, title="按用户名或姓名查找")


class AccountOpened(AccountRead):
    activation_token: str = Field(title="激活码", description="只显示这一次,凭它设置口令")
    activation_expires_at: datetime = Field(title="激活码失效时刻")


class AccountDecision(Schema):
    reason: LongText = Field(title="理由")


class PasswordResetRead(Schema):
    activation_token: str = Field(title="激活码", description="只显示这一次,凭它设置新口令")
    activation_expires_at: datetime = Field(title="激活码失效时刻")


class PasswordChange(Schema):
    current_password: Password = Field(title="现口令")
    new_password: Password = Field(title="新口令")
