from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import Instant, LongText, Schema
from scoring.points.claims.models import Decision
from scoring.points.claims.schemas import ClaimRead
from scoring.points.evaluations.models import EvaluationState, MonthlyGrade

Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", title="月份", examples=["2025-03"])]


class EvaluationOpen(Schema):
    organization_id: Annotated[UUID, Field(title="党组织")]
    month: Month


class ClaimDecision(Schema):
    claim_id: Annotated[UUID, Field(title="申报")]
    decision: Annotated[Decision, Field(title="决定")]
    reason: Annotated[LongText | None, Field(title="理由(不同意时必填)")] = None

    @model_validator(mode="after")
    def refusal_needs_reason(self) -> Self:
        if self.decision is Decision.REFUSE and self.reason is None:
            raise ValueError("不同意须写明理由")
        return self


class DecisionsWrite(Schema):
    decisions: Annotated[list[ClaimDecision], Field(min_length=1, max_length=500, title="逐项决定")]


class MemberGrade(Schema):
    member_id: Annotated[UUID, Field(title="党员")]
    grade: Annotated[MonthlyGrade, Field(title="月度评价")]


class GradesWrite(Schema):
    grades: Annotated[list[MemberGrade], Field(min_length=1, max_length=500, title="党员月度评价")]


class EvaluationRead(Schema):
    id: UUID
    organization_id: UUID
    month: str
    state: EvaluationState
    opened_at: Instant
    confirmed_at: Instant | None
    version: int


class EvaluationDetail(EvaluationRead):
    due_at: date
    claims: list[ClaimRead]
    grades: list[MemberGrade]
    permissions: dict[str, bool]
    links: dict[str, str]


class StepRead(Schema):
    type: str
    time: Instant
    actor: UUID | None
