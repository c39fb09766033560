"""What was typed as a user name stays out of the log: it may be a password."""

from typing import ClassVar
from uuid import UUID

from records.events import Payload


class LoginOpened(Payload, title="登录"):
    type: ClassVar[str] = "registry.login.opened.v1"
    id: UUID
    account_id: UUID


class LoginClosed(Payload, title="退出登录"):
    type: ClassVar[str] = "registry.login.closed.v1"
    id: UUID
    account_id: UUID


class RefreshTokenRefused(Payload, title="续期被拒绝"):
    type: ClassVar[str] = "registry.login.refresh_refused.v1"
    id: UUID
    account_id: UUID
    reason: str


class LoginFailed(Payload, title="登录被拒绝"):
    type: ClassVar[str] = "registry.login.refused.v1"
    account_id: UUID | None
    reason: str
