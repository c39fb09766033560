from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Schema, Text
from records.listing import Listing, contains, equals
from roster.queries import below
from training.kinds import Audience
from training.studies.rotations.models import Rotation

BatchNumber = Annotated[int, Field(ge=1, le=50, strict=True)]


class RotationPlan(Schema):
    organization_id: UUID = Field(title="举办的党组织编号")
    year: int = Field(title="年度", ge=2000, le=2099, strict=True)
    title: Text = Field(title="名称")
    audience: Audience = Field(default=Audience.SECRETARIES, title="轮训对象")
    planned_batches: BatchNumber = Field(default=3, title="计划期数")


class BatchAssign(Schema):
    number: BatchNumber = Field(title="第几期")
    meeting_id: UUID = Field(title="该期培训班编号")


class RotationRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="举办的党组织编号")
    organization_name: str = Field(title="举办的党组织")
    year: int = Field(title="年度")
    title: str = Field(title="名称")
    audience: Audience = Field(title="轮训对象")
    planned_batches: int = Field(title="计划期数")
    version: int = Field(title="版本")


class RotationListing(
    Listing, sortable=(Rotation.year, Rotation.title, Rotation.planned_batches), order=(Rotation.id.desc(),)
):
    organization_id: Annotated[UUID | None, equals(Rotation.organization_id)] = Field(
        default=None, title="举办的党组织编号"
    )
    under: Annotated[UUID | None, below(Rotation.organization_id)] = Field(default=None, title="该党组织及其下级")
    year: Annotated[int | None, Field(ge=2000, le=2099), equals(Rotation.year)] = Field(default=None, title="年度")
    audience: Annotated[list[Audience], equals(Rotation.audience)] = Field(
        default=[], max_length=len(Audience), title="轮训对象,可重复"
    )
    q: Annotated[Text | None, contains(Rotation.title)] = Field(default=None, title="名称中的文字")


class BatchRead(Schema):
    number: int = Field(title="第几期")
    meeting_id: UUID = Field(title="培训班编号")
    meeting_name: str = Field(title="培训班")
    held_on: date = Field(title="开班日期")


class PersonRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    organization_name: str | None = Field(title="所在党组织")


class RotationCoverage(RotationRead):
    batches: list[BatchRead] = Field(title="各期")
    expected: int = Field(title="应训人数")
    called: int = Field(title="已安排人数")
    attended: int = Field(title="已参训人数")
    missing: list[PersonRead] = Field(title="未安排的党员")
    called_twice: list[PersonRead] = Field(title="重复安排的党员")
    is_complete: bool = Field(title="全部安排且无重复")
