from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.oversight.campaigns import queries
from registry.oversight.campaigns.kinds import CampaignState, SampledKind
from registry.oversight.campaigns.models import Campaign, CampaignCheck, CampaignSample
from registry.tree.organizations.queries import below

CampaignId = Annotated[UUID, Path(title="百日攻坚编号")]
CampaignSampleId = Annotated[UUID, Path(title="抽查样本编号")]
CampaignCheckId = Annotated[UUID, Path(title="抽查对象编号")]
DAYS, MOST_DAYS, MOST_SAMPLED = 100, 1000, 500


class CampaignCreate(Schema):
    organization_id: UUID = Field(title="开展的党组织")
    title: Name = Field(title="名称")
    goal: LongText = Field(title="目标任务")
    first_on: BusinessDate = Field(title="第一天")
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True)] = Field(default=DAYS, title="天数")


class CampaignMeetingCreate(Schema):
    held_on: BusinessDate = Field(title="调度日期")
    content: LongText = Field(title="调度情况")


class CampaignMeetingRead(Schema):
    held_on: date = Field(title="调度日期")
    content: str = Field(title="调度情况")


class CampaignRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="开展的党组织编号")
    organization_name: str = Field(title="开展的党组织")
    title: str = Field(title="名称")
    goal: str = Field(title="目标任务")
    first_on: date = Field(title="第一天")
    last_on: date = Field(title="最后一天")
    days: int = Field(title="天数")
    state: CampaignState = Field(title="今天的进度")
    day_number: int = Field(title="今天是第几天", description="第一天为 1;尚未开始为 0;已结束为总天数")
    days_left: int = Field(title="今天以后还有几天")
    meetings: list[CampaignMeetingRead] = Field(title="调度记录")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CampaignListing(
    Listing, sortable=(Campaign.first_on, Campaign.title), order=(Campaign.first_on.desc(), Campaign.id)
):
    organization_id: Annotated[UUID | None, equals(Campaign.organization_id)] = Field(
        default=None, title="开展的党组织编号"
    )
    under: Annotated[UUID | None, Where(below(Campaign.organization_id))] = Field(
        default=None, title="该组织及其全部下级开展的"
    )
    running_on: Annotated[BusinessDate | None, Where(queries.running_on)] = Field(default=None, title="该日正在进行的")
    is_void: Annotated[bool, void_or_not(Campaign)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Campaign.title)] = Field(default=None, title="搜索名称")


class CampaignSampleDraw(Schema):
    subject_kind: SampledKind = Field(title="抽查对象", description="单位为属地内的在册单位,党组织为下级的在册党组织")
    size: Annotated[int, Field(ge=1, le=MOST_SAMPLED, strict=True)] = Field(title="抽取数量")
    seed: Name | None = Field(
        default=None, title="随机种子", description="不填的由系统产生;同一种子、同一范围抽出同样的对象"
    )


class CampaignSampleRead(Schema):
    id: UUID = Field(title="编号")
    campaign_id: UUID = Field(title="百日攻坚编号")
    campaign_name: str = Field(title="百日攻坚")
    organization_id: UUID = Field(title="开展的党组织编号")
    organization_name: str = Field(title="开展的党组织")
    subject_kind: SampledKind = Field(title="抽查对象")
    seed: str = Field(title="随机种子")
    population: int = Field(title="抽取时的总数")
    size: int = Field(title="抽取数量")
    drawn_on: date = Field(title="抽取日期")
    recorded_by: UUID = Field(title="抽取账号编号")
    recorded_by_name: str | None = Field(title="抽取人")
    checked: int = Field(title="已检查")
    passed: int = Field(title="合格")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CampaignSampleListing(
    Listing,
    sortable=(CampaignSample.drawn_on, CampaignSample.subject_kind),
    order=(CampaignSample.drawn_on.desc(), CampaignSample.id),
):
    campaign_id: Annotated[UUID | None, equals(CampaignSample.campaign_id)] = Field(default=None, title="百日攻坚编号")
    subject_kind: Annotated[SampledKind | None, equals(CampaignSample.subject_kind)] = Field(
        default=None, title="抽查对象"
    )
    is_void: Annotated[bool, void_or_not(CampaignSample)] = Field(default=False, title="只列已作废的")


class CampaignCheckRecord(Schema):
    checked_on: BusinessDate = Field(title="检查日期")
    is_passed: bool = Field(title="是否合格")
    result: LongText = Field(title="检查情况")


class CampaignCheckRead(Schema):
    id: UUID = Field(title="编号")
    campaign_id: UUID = Field(title="百日攻坚编号")
    campaign_name: str = Field(title="百日攻坚")
    sample_id: UUID = Field(title="抽查样本编号")
    sample_name: str = Field(title="样本的随机种子")
    position: int = Field(title="抽出的顺序")
    unit_id: UUID | None = Field(title="单位编号")
    unit_name: str | None = Field(title="单位")
    checked_organization_id: UUID | None = Field(title="被查党组织编号")
    checked_organization_name: str | None = Field(title="被查党组织")
    organization_id: UUID = Field(title="责任党组织编号")
    organization_name: str = Field(title="责任党组织")
    checked_on: date | None = Field(title="检查日期")
    is_passed: bool | None = Field(title="是否合格")
    result: str | None = Field(title="检查情况")
    void_reason: str | None = Field(title="样本作废原因")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CampaignCheckListing(
    Listing,
    sortable=(CampaignCheck.position,),
    order=(CampaignCheck.sample_id.desc(), CampaignCheck.position, CampaignCheck.id),
):
    campaign_id: Annotated[UUID | None, equals(CampaignCheck.campaign_id)] = Field(default=None, title="百日攻坚编号")
    sample_id: Annotated[UUID | None, equals(CampaignCheck.sample_id)] = Field(default=None, title="抽查样本编号")
    under: Annotated[UUID | None, Where(below(CampaignCheck.organization_id))] = Field(
        default=None, title="责任党组织及其全部下级"
    )
    is_checked: Annotated[bool | None, Where(queries.checked_or_not)] = Field(default=None, title="是否已检查")
    is_passed: Annotated[bool | None, equals(CampaignCheck.is_passed)] = Field(default=None, title="是否合格")
    is_void: Annotated[bool, Where(queries.of_void_sample)] = Field(default=False, title="只列样本已作废的")
