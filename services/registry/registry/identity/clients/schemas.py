from pydantic import Field

from kit.edge import Schema


class ClientTokenRead(Schema):
    access_token: str = Field(title="访问令牌")
    token_type: str = Field(default="Bearer", title="令牌类型")
    expires_in: int = Field(title="有效秒数")
