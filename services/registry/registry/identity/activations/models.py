from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from registry.database import Base


class AdministratorRole(LabelledEnum):
    """三员分立: nobody holds two of them."""

    SYSTEM = "system_administrator", "系统管理员"
    SECURITY = "security_administrator", "安全管理员"
    AUDIT = "audit_administrator", "审计管理员"


class ActivationLink(Base):
    """A one-time link: for an account that waits for its password, or for the first account of an administrator."""

    __tablename__ = "activation_links"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, administrator_role) = 1", name="one_purpose"),
        CheckConstraint("expires_at > issued_at", name="expires_later"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    administrator_role: Mapped[AdministratorRole | None] = mapped_column(stored_enum(AdministratorRole))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    issued_by: Mapped[UUID | None]
