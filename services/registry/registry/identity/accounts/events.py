"""What is told of accounts: ids only, because a user name is chosen by people and may be anything."""

from typing import ClassVar
from uuid import UUID

from records.events import Payload


class AccountEvent(Payload):
    id: UUID


class AccountOpened(AccountEvent, title="开通账号"):
    """`person` is the member or the instructor whose account it is."""

    type: ClassVar[str] = "registry.account.opened.v1"
    person: UUID | None


class AccountActivated(AccountEvent, title="启用账号"):
    type: ClassVar[str] = "registry.account.activated.v1"


class AccountUnlocked(AccountEvent, title="解锁账号"):
    type: ClassVar[str] = "registry.account.unlocked.v1"


class AccountDisabled(AccountEvent, title="停用账号"):
    type: ClassVar[str] = "registry.account.disabled.v1"
    reason: str


class AccountEnabled(AccountEvent, title="恢复账号"):
    type: ClassVar[str] = "registry.account.enabled.v1"
    reason: str


class PasswordReset(AccountEvent, title="重置口令"):
    type: ClassVar[str] = "registry.account.password_reset.v1"


class PasswordChanged(AccountEvent, title="修改口令"):
    type: ClassVar[str] = "registry.account.password_changed.v1"


class PasswordChangeRefused(AccountEvent, title="修改口令被拒绝"):
    type: ClassVar[str] = "registry.account.password_change_refused.v1"
