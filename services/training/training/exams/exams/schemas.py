from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Instant, Name, OptionalName, Schema
from records.events import Payload
from records.listing import Listing, Where, at_least, at_most, contains
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.exams.exams.models import Exam

Seed = Annotated[int | None, Field(ge=0, le=2**31 - 1)]
ExamId = Annotated[UUID, Path(title="测试编号")]


class ExamCreate(Schema):
    organization_id: UUID = Field(title="党组织", description="本级和下级的党员都可参加,从本级题库抽题")
    title: Name = Field(title="名称")
    topic: Name | None = Field(default=None, title="试题分类", description="不填为题库全部")
    questions: int = Field(default=100, ge=1, le=200, title="题数")
    pass_mark: int = Field(default=60, ge=1, le=100, title="合格分(百分制)")
    minutes: int = Field(default=90, ge=1, le=600, title="时限(分钟)")
    most_attempts: int = Field(default=3, ge=1, le=20, title="每人最多考几次")
    opens_at: Instant = Field(title="开始时刻")
    closes_at: Instant = Field(title="截止时刻")
    seed: Seed = Field(default=None, title="随机种子", description="不填由系统生成;同一题库和种子抽出同样的题")


class ExamRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    title: str = Field(title="名称")
    topic: str | None = Field(title="试题分类")
    questions: int = Field(title="题数")
    pass_mark: int = Field(title="合格分(百分制)")
    minutes: int = Field(title="时限(分钟)")
    most_attempts: int = Field(title="每人最多考几次")
    opens_at: datetime = Field(title="开始时刻")
    closes_at: datetime = Field(title="截止时刻")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ExamListing(Listing, sortable=(Exam.opens_at, Exam.title), order=(Exam.opens_at.desc(), Exam.id)):
    organization_id: Annotated[UUID | None, below(Exam.organization_id)] = Field(default=None, title="该党组织及其下级")
    open_at: Annotated[Instant | None, Where(lambda moment: (Exam.opens_at <= moment) & (Exam.closes_at > moment))] = (
        Field(default=None, title="该时刻可参加的")
    )
    opens_from: Annotated[Instant | None, at_least(Exam.opens_at)] = Field(default=None, title="开始时刻起")
    opens_to: Annotated[Instant | None, at_most(Exam.opens_at)] = Field(default=None, title="开始时刻止")
    is_void: Annotated[bool, void_or_not(Exam)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Exam.title)] = Field(default=None, title="搜索名称")


class ExamChanged(Payload, title="测试变更"):
    type: ClassVar[str] = "training.exam.changed.v1"
    id: UUID
    organization_id: UUID
    questions: int
    pass_mark: int
    opens_at: datetime
    closes_at: datetime
    is_void: bool
