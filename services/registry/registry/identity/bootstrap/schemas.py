from uuid import UUID

from pydantic import Field

from kit.edge import Schema
from registry.identity.accounts.schemas import Password, Username


class ActivationUse(Schema):
    username: Username | None = Field(default=None, title="用户名", description="启用管理员时必填;已有账号时可不填")
    password: Password = Field(title="口令")


class ActivationRead(Schema):
    account_id: UUID = Field(title="账号")
    username: str = Field(title="用户名")
