from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import stored_enum
from kit.edge import LabelledEnum
from kit.ids import uuid7
from records.voiding import DatedVoidable
from registry.database import Base


class Role(LabelledEnum):
    SYSTEM_ADMINISTRATOR = "system_administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"
    DISTRICT_OFFICER = "district_officer", "区委两新工委工作人员"
    TOWN_OFFICER = "town_officer", "镇街党委工作人员"
    BRANCH_SECRETARY = "branch_secretary", "党支部书记"
    MEMBER = "member", "党员"
    INSTRUCTOR = "instructor", "党建指导员"
    PARTNER = "partner", "对接系统"
    CONVENER = "convener", "待建党支部召集人"


class Grant(DatedVoidable, Base):
    """A role given by decision, beside those that follow from posts; held up to, not on, `valid_to`.

    `id` stays when the record is corrected or ended, `record_id` does not. Ended on its first day, it never held.
    """

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="ends_after_it_starts"),
        CheckConstraint("organization_id IS NOT NULL OR role LIKE '%_administrator'", name="officer_has_organization"),
        CheckConstraint("role NOT IN ('member', 'instructor')", name="role_is_granted"),
        Index("uq_grants_id", "id", unique=True, postgresql_where=text("recorded_to IS NULL")),
        Index(
            "uq_grants_administrator",
            "account_id",
            unique=True,
            postgresql_where=text("recorded_to IS NULL AND role LIKE '%_administrator'"),
        ),
        Index(
            "uq_grants_account_id_role_organization_id",
            "account_id",
            "role",
            "organization_id",
            "valid_from",
            unique=True,
            postgresql_where=text("recorded_to IS NULL AND (valid_to IS NULL OR valid_to > valid_from)"),
        ),
    )

    record_id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    id: Mapped[UUID] = mapped_column(default=uuid7)
    version: Mapped[int] = mapped_column(Integer, default=1)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[Role] = mapped_column(stored_enum(Role))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"), index=True)
    root_id: Mapped[UUID | None] = mapped_column(ForeignKey("party_organizations.id"))
    reason: Mapped[str]
    recorded_by: Mapped[UUID | None]
