from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.oversight.rectifications import queries
from registry.oversight.rectifications.kinds import RectificationGround, RectificationStage
from registry.oversight.rectifications.models import Rectification
from registry.tree.organizations.queries import below

RectificationId = Annotated[UUID, Path(title="整顿编号")]


class RectificationCreate(Schema):
    organization_id: UUID = Field(title="整顿的党组织")
    ground: RectificationGround = Field(title="列入依据", description="按规则列入的,规则当日须查出这一情形")
    cause: LongText = Field(title="主要问题和原因")
    measures: LongText = Field(title="整顿措施")
    responsible: Name = Field(title="联系责任人")
    listed_on: BusinessDate = Field(title="列入日期")
    due_on: BusinessDate = Field(title="整顿期限")


class RectificationCorrect(Schema):
    """Absent fields stay."""

    cause: LongText | None = Field(default=None, title="主要问题和原因")
    measures: LongText | None = Field(default=None, title="整顿措施")
    responsible: Name | None = Field(default=None, title="联系责任人")
    due_on: BusinessDate | None = Field(default=None, title="整顿期限")


class RectificationNoteCreate(Schema):
    noted_on: BusinessDate = Field(title="日期")
    content: LongText = Field(title="整改进展")


class RectificationSubmit(Schema):
    submission: LongText = Field(title="整改情况报告")


class RectificationDecide(Schema):
    is_accepted: bool = Field(title="是否通过验收")
    opinion: LongText = Field(title="验收意见")
    due_on: BusinessDate | None = Field(default=None, title="新的整顿期限", description="不通过的必填,继续整顿到该日")


class RectificationNoteRead(Schema):
    noted_on: date = Field(title="日期")
    content: str = Field(title="整改进展")


class RectificationRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="整顿的党组织编号")
    organization_name: str = Field(title="整顿的党组织")
    ground: RectificationGround = Field(title="列入依据")
    cause: str = Field(title="主要问题和原因")
    measures: str = Field(title="整顿措施")
    responsible: str = Field(title="联系责任人")
    listed_on: date = Field(title="列入日期")
    due_on: date = Field(title="整顿期限")
    stage: RectificationStage = Field(title="进度")
    notes: list[RectificationNoteRead] = Field(title="整改进展")
    submitted_on: date | None = Field(title="申请验收日期")
    submission: str | None = Field(title="整改情况报告")
    decided_on: date | None = Field(title="验收日期")
    opinion: str | None = Field(title="验收意见")
    rejections: int = Field(title="验收未通过次数")
    closed_on: date | None = Field(title="销号日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class RectificationListing(
    Listing,
    sortable=(Rectification.listed_on, Rectification.due_on, Rectification.stage),
    order=(Rectification.listed_on.desc(), Rectification.id),
):
    organization_id: Annotated[UUID | None, equals(Rectification.organization_id)] = Field(
        default=None, title="整顿的党组织编号"
    )
    under: Annotated[UUID | None, Where(below(Rectification.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    stage: Annotated[list[RectificationStage], equals(Rectification.stage)] = Field(
        default=[], max_length=len(RectificationStage), title="进度"
    )
    ground: Annotated[RectificationGround | None, equals(Rectification.ground)] = Field(default=None, title="列入依据")
    overdue_on: Annotated[BusinessDate | None, Where(queries.is_overdue_on)] = Field(
        default=None, title="该日已逾期未销号"
    )
    is_void: Annotated[bool, void_or_not(Rectification)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Rectification.cause, Rectification.measures)] = Field(
        default=None, title="搜索原因和措施"
    )
