from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from registry.database import Base


class LoginEnd(LabelledEnum):
    LOGGED_OUT = "logged_out", "退出登录"
    TOKEN_REUSED = "token_reused", "刷新令牌被重复使用"
    PASSWORD_CHANGED = "password_changed", "修改口令"
    PASSWORD_RESET = "password_reset", "重置口令"
    ACCOUNT_DISABLED = "account_disabled", "账号停用"


class Login(Base):
    """One signing-in on one device: the family all its refresh tokens belong to."""

    __tablename__ = "logins"
    __table_args__ = (CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="end_has_reason"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[LoginEnd | None] = mapped_column(stored_enum(LoginEnd))


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    login_id: Mapped[UUID] = mapped_column(ForeignKey("logins.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    successor_nonce: Mapped[bytes | None] = mapped_column(LargeBinary)
