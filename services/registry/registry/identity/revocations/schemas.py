from uuid import UUID

from pydantic import Field

from kit.edge import Instant, Schema


class RevocationRead(Schema):
    login_id: UUID | None = Field(title="被撤销的登录")
    subject: UUID | None = Field(title="被撤销的账号")
    revoked_at: Instant = Field(title="撤销时刻")
    revoked_at_epoch: int = Field(title="撤销时刻(秒)", description="此秒及以前签发的访问令牌一律作废")


class RevocationPage(Schema):
    items: list[RevocationRead] = Field(title="撤销")
    next: str = Field(title="下次读取的起点")
