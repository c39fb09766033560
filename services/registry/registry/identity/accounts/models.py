from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import C_TEXT, Versioned
from kit.ids import uuid7
from registry.database import Base


class Account(Versioned, Base):
    """Who may sign in. Without a password hash nobody can: the account waits for its activation link."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("username ~ '^[a-z0-9][a-z0-9_.-]{2,63}$'", name="username_shape"),
        CheckConstraint("num_nonnulls(member_id, instructor_id) <= 1", name="one_person"),
        CheckConstraint("(password_hash IS NULL) = (password_changed_at IS NULL)", name="password_has_age"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    username: Mapped[str] = mapped_column(C_TEXT, unique=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id"), unique=True)
    instructor_id: Mapped[UUID | None] = mapped_column(ForeignKey("instructors.id"), unique=True)
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    @property
    def is_activated(self) -> bool:
        return self.password_hash is not None


class FormerPassword(Base):
    """Hashes of earlier passwords, so that a profile can refuse their return."""

    __tablename__ = "former_passwords"
    __table_args__ = (Index("ix_former_passwords_account_id_id", "account_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    password_hash: Mapped[str]
    replaced_at: Mapped[datetime]
