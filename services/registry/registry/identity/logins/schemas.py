from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, SecretStr, StringConstraints

from kit.edge import AS_CODE, Schema
from registry.identity.accounts.schemas import Password, printable_secret


class LoginOpen(Schema):
    username: Annotated[str, StringConstraints(to_lower=True, min_length=1, max_length=64), AS_CODE] = Field(
        title="用户名", examples=["dongmen.shuji"]
    )
    password: Password = Field(title="口令")


class LoginRefresh(Schema):
    refresh_token: Annotated[SecretStr, Field(min_length=1, max_length=200), AfterValidator(printable_secret)] = Field(
        title="刷新令牌"
    )


class LoginRead(Schema):
    access_token: str = Field(title="访问令牌")
    refresh_token: str = Field(title="刷新令牌", description="只能用一次,每次刷新换新的")
    token_type: str = Field(default="Bearer", title="令牌类型")
    expires_in: int = Field(title="访问令牌有效秒数")
    login_id: UUID = Field(title="登录编号")
    must_change_password: bool = Field(title="须先修改口令", description="为真时令牌不含任何角色")
