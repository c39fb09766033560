from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from kit.edge import Schema
from scoring.reviews.cycles.rules import State
from scoring.reviews.reviews.models import StepKind


class ReviewOpen(Schema):
    cycle_id: UUID = Field(title="评议年度")
    organization_id: UUID = Field(title="组织评议的党组织")


class ReviewRead(Schema):
    id: UUID
    version: int = Field(title="版本")
    root_id: UUID
    cycle_id: UUID = Field(title="评议年度")
    organization_id: UUID = Field(title="组织评议的党组织")
    superior_id: UUID = Field(title="上级党组织")
    state: State = Field(title="所处步骤")
    opened_on: date = Field(title="启动日期")
    finished_on: date | None = Field(title="办结日期")
    is_late: bool = Field(title="是否晚于“七一”前办结")


class SubjectRead(Schema):
    review_id: UUID
    subject_id: UUID = Field(title="评议对象")
    name: str = Field(title="名称")
    peer_kind: str = Field(title="同类组别")
    is_graded: bool = Field(title="是否评定等次(预备党员不评)")


class StepRecordRead(Schema):
    position: int = Field(title="序号")
    kind: StepKind = Field(title="动作")
    from_state: State | None = Field(title="原步骤")
    to_state: State = Field(title="现步骤")
    actor_id: UUID = Field(title="办理账号")
    person_id: UUID | None = Field(title="办理人")
    occurred_on: date = Field(title="办理日期")
    occurred_at: datetime = Field(title="办理时间")
    output: dict[str, Any] = Field(title="成果")
    reason: str | None = Field(title="理由")


class ReviewList(Schema):
    items: list[ReviewRead]
    next: str | None = None


class SubjectList(Schema):
    items: list[SubjectRead]
    next: str | None = None


class StepRecordList(Schema):
    items: list[StepRecordRead]
    next: str | None = None
