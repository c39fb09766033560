from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Code, Instant, LongText, Schema
from scoring.points.claims.models import ClaimState, Decision
from scoring.subjects import SubjectKind


class ClaimWrite(Schema):
    subject_kind: Annotated[SubjectKind, Field(title="得分对象类别")]
    subject_id: Annotated[UUID, Field(title="党员或党组织")]
    indicator_code: Annotated[Code, Field(title="指标编码")]
    occurred_on: Annotated[BusinessDate, Field(title="发生日期")]
    description: Annotated[LongText, Field(title="事项说明")]
    evidence_ids: Annotated[list[UUID], Field(default_factory=list, max_length=10, title="佐证材料")]


class ClaimRead(Schema):
    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    organization_id: UUID
    indicator_code: str
    occurred_on: date
    description: str
    state: ClaimState
    evaluation_id: UUID | None
    decision: Decision | None
    refusal_reason: str | None
    claimed_at: Instant
    closed_at: Instant | None
    version: int


class ClaimDetail(ClaimRead):
    evidence_ids: list[UUID]
    permissions: dict[str, bool]
    links: dict[str, Any]
