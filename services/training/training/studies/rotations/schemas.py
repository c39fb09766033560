from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Schema, Text
from training.kinds import Audience

BatchNumber = Annotated[int, Field(ge=1, le=50, strict=True)]


class RotationPlan(Schema):
    organization_id: UUID = Field(title="举办的党组织")
    year: int = Field(title="年度", ge=2000, le=2099, strict=True)
    title: Text = Field(title="名称")
    audience: Audience = Field(default=Audience.SECRETARIES, title="轮训对象")
    planned_batches: BatchNumber = Field(default=3, title="计划期数")


class BatchAssign(Schema):
    number: BatchNumber = Field(title="第几期")
    meeting_id: UUID = Field(title="该期培训班")


class RotationRead(Schema):
    id: UUID
    organization_id: UUID = Field(title="举办的党组织")
    year: int = Field(title="年度")
    title: str = Field(title="名称")
    audience: Audience = Field(title="轮训对象")
    planned_batches: int = Field(title="计划期数")


class BatchRead(Schema):
    number: int = Field(title="第几期")
    meeting_id: UUID = Field(title="培训班")


class RotationCoverage(RotationRead):
    batches: list[BatchRead] = Field(title="各期")
    expected: int = Field(title="应训人数")
    called: int = Field(title="已安排人数")
    attended: int = Field(title="已参训人数")
    missing: list[UUID] = Field(title="未安排的党员")
    called_twice: list[UUID] = Field(title="重复安排的党员")
    is_complete: bool = Field(title="全部安排且无重复")
