from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Instant, LongText, Schema
from scoring.points.diary.models import PracticeKind


class DiaryWrite(Schema):
    practised_on: Annotated[BusinessDate, Field(title="日期")]
    kind: Annotated[PracticeKind, Field(title="类别")]
    content: Annotated[LongText, Field(title="记实内容")]


class DiaryCorrection(Schema):
    kind: Annotated[PracticeKind | None, Field(title="类别")] = None
    content: Annotated[LongText | None, Field(title="记实内容")] = None


class DiaryRead(Schema):
    id: UUID
    member_id: UUID
    organization_id: UUID
    practised_on: date
    kind: PracticeKind
    content: str
    created_at: Instant
    version: int
