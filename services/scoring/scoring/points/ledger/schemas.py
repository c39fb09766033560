from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Instant, LongText, Points, Schema
from scoring.subjects import SubjectKind


class EntryRead(Schema):
    id: UUID
    subject_kind: SubjectKind
    subject_id: UUID
    catalogue_id: UUID
    indicator_code: str
    points_year: int
    period_key: str
    occurred_on: date
    requested: Annotated[Points, Field(title="应得积分")]
    granted: Annotated[Points, Field(title="入账积分")]
    clipped: Annotated[Points, Field(title="超出上限未入账")]
    source: str
    source_ref: str
    reversal_of: UUID | None
    reason: str | None
    recorded_at: Instant


class ReversalWrite(Schema):
    reason: Annotated[LongText, Field(title="冲销理由")]
