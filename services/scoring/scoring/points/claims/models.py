"""Claims of points by hand: nothing is earned before the branch's monthly evaluation confirmed it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kit.database import Versioned, stored_enum
from kit.edge import LabelledEnum
from scoring.database import Base, Id, RecordedAt
from scoring.subjects import SubjectKind


class ClaimState(LabelledEnum):
    PENDING = "pending", "待评价"
    WITHDRAWN = "withdrawn", "已撤回"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未通过"


class Decision(LabelledEnum):
    CONFIRM = "confirm", "同意"
    REFUSE = "refuse", "不同意"


class Claim(Versioned, Base):
    """`organization_id` is the organisation whose monthly evaluation judges the claim.

    It was filed with the account `claimed_by`; whose that is matters when a person has two.
    """

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("decision IS DISTINCT FROM 'refuse' OR refusal_reason IS NOT NULL", name="refusal_has_reason"),
        CheckConstraint("state <> 'confirmed' OR decision = 'confirm'", name="confirmed_was_decided"),
        CheckConstraint("state <> 'refused' OR decision = 'refuse'", name="refused_was_decided"),
        CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decision_has_author"),
        Index(None, "organization_id", "state", "occurred_on"),
        Index(None, "subject_id", "occurred_on"),
        Index(None, "evaluation_id"),
    )

    id: Mapped[Id]
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    subject_kind: Mapped[SubjectKind] = mapped_column(stored_enum(SubjectKind))
    subject_id: Mapped[UUID]
    catalogue_id: Mapped[UUID] = mapped_column(ForeignKey("catalogues.id"))
    indicator_code: Mapped[str]
    occurred_on: Mapped[date]
    description: Mapped[str]
    state: Mapped[ClaimState] = mapped_column(stored_enum(ClaimState), default=ClaimState.PENDING)
    evaluation_id: Mapped[UUID | None] = mapped_column(ForeignKey("monthly_evaluations.id"))
    decision: Mapped[Decision | None] = mapped_column(stored_enum(Decision))
    decided_by: Mapped[UUID | None]
    refusal_reason: Mapped[str | None]
    claimed_by: Mapped[UUID]
    claimant_person_id: Mapped[UUID | None]
    claimed_at: Mapped[RecordedAt]
    closed_at: Mapped[datetime | None]


class ClaimEvidence(Base):
    __tablename__ = "claim_evidence"

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("evidence_files.id"), primary_key=True)
