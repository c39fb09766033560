from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema, Text
from records.listing import Listing, Where, at_least, at_most, equals
from records.steps import MissingRead
from records.voiding import VOID_REASON, void_or_not
from registry.members.developments.kinds import DevelopmentStage, DevelopmentStep, DevelopmentTag, PaperKind
from registry.members.developments.models import Development, DevelopmentPaper
from registry.members.developments.queries import at_stage, of_member
from registry.members.members.queries import named
from registry.tree.organizations.queries import below

DevelopmentId = Annotated[UUID, Path(title="发展党员编号")]
PaperId = Annotated[UUID, Path(title="材料编号")]
BACKBONE = "生产经营骨干(骨干发展成党员)"


class DevelopmentOpen(Schema):
    applied_on: BusinessDate = Field(title="申请日期")
    tag: DevelopmentTag | None = Field(default=None, title="培养方式")
    is_backbone: bool = Field(default=False, title=BACKBONE)


class DevelopmentCorrect(Schema):
    tag: DevelopmentTag | None = Field(default=None, title="培养方式")
    is_backbone: bool | None = Field(default=None, title=BACKBONE)


class StepTake(Schema):
    step: DevelopmentStep = Field(title="所办步骤")
    done_on: BusinessDate = Field(title="办理日期")


class DevelopmentEnd(Schema):
    ended_on: BusinessDate = Field(title="终止日期")
    reason: Text = Field(title="终止原因")


class DevelopmentRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    tag: DevelopmentTag | None = Field(title="培养方式")
    is_backbone: bool = Field(title=BACKBONE)
    step: DevelopmentStep = Field(title="待办步骤")
    applied_on: date = Field(title="申请日期")
    entered_on: date = Field(title="上一步办理日期")
    due_on: date | None = Field(title="待办步骤期限")
    late_on: date | None = Field(title="最近一次逾期办理日期")
    activist_on: date | None = Field(title="确定为积极分子日期")
    prospect_on: date | None = Field(title="确定为发展对象日期")
    training_hours: Decimal = Field(
        title="集中培训学时", description="登记的集中培训,加上确定为发展对象之后参加的培训班"
    )
    received_on: date | None = Field(title="接收为预备党员日期")
    confirmed_on: date | None = Field(title="转正日期")
    ended_on: date | None = Field(title="终止日期")
    ending_reason: str | None = Field(title="终止原因")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class DevelopmentDetail(DevelopmentRead):
    stage: DevelopmentStage = Field(title="阶段")
    missing: list[MissingRead] = Field(title="待办步骤尚缺")


class DevelopmentListing(
    Listing,
    sortable=(Development.applied_on, Development.entered_on, Development.step),
    order=(Development.applied_on.desc(), Development.id),
):
    step: Annotated[list[DevelopmentStep], equals(Development.step)] = Field(default=[], max_length=26, title="步骤")
    stage: Annotated[DevelopmentStage | None, Where(at_stage)] = Field(default=None, title="阶段")
    tag: Annotated[list[DevelopmentTag], equals(Development.tag)] = Field(default=[], max_length=4, title="培养方式")
    is_backbone: Annotated[bool | None, equals(Development.is_backbone)] = Field(default=None, title=BACKBONE)
    member_id: Annotated[UUID | None, equals(Development.member_id)] = Field(default=None, title="党员编号")
    under: Annotated[UUID | None, Where(below(Development.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    received_from: Annotated[BusinessDate | None, at_least(Development.received_on)] = Field(
        default=None, title="接收日期起"
    )
    received_to: Annotated[BusinessDate | None, at_most(Development.received_on)] = Field(
        default=None, title="接收日期止"
    )
    is_void: Annotated[bool, void_or_not(Development)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(Development.member_id))] = Field(default=None, title="按姓名查找")


class PaperCreate(Schema):
    stage: DevelopmentStage = Field(title="阶段")
    kind: PaperKind = Field(title="材料种类")
    happened_on: BusinessDate = Field(title="日期")
    ends_on: BusinessDate | None = Field(default=None, title="公示结束日期", description="只用于公示")
    person_id: UUID | None = Field(default=None, title="培养联系人或介绍人的党员编号")
    hours: Decimal | None = Field(
        default=None, gt=0, max_digits=6, decimal_places=2, title="学时", description="只用于集中培训"
    )
    content: Text = Field(title="内容摘要")


class PaperRead(Schema):
    id: UUID = Field(title="编号")
    development_id: UUID = Field(title="发展党员编号")
    development_name: str = Field(title="发展对象姓名")
    stage: DevelopmentStage = Field(title="阶段")
    kind: PaperKind = Field(title="材料种类")
    happened_on: date = Field(title="日期")
    ends_on: date | None = Field(title="公示结束日期")
    person_id: UUID | None = Field(title="培养联系人或介绍人编号")
    person_name: str | None = Field(title="培养联系人或介绍人")
    hours: Decimal | None = Field(title="学时")
    content: str = Field(title="内容摘要")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class PaperListing(
    Listing,
    sortable=(DevelopmentPaper.happened_on, DevelopmentPaper.kind),
    order=(DevelopmentPaper.happened_on.desc(), DevelopmentPaper.id),
):
    development_id: Annotated[UUID | None, equals(DevelopmentPaper.development_id)] = Field(
        default=None, title="发展党员编号"
    )
    member_id: Annotated[UUID | None, Where(of_member(DevelopmentPaper.development_id))] = Field(
        default=None, title="发展对象的党员编号"
    )
    kind: Annotated[list[PaperKind], equals(DevelopmentPaper.kind)] = Field(default=[], max_length=10, title="种类")
    person_id: Annotated[UUID | None, equals(DevelopmentPaper.person_id)] = Field(
        default=None, title="培养联系人或介绍人编号"
    )
    is_void: Annotated[bool, void_or_not(DevelopmentPaper)] = Field(default=False, title="只列已作废的")
