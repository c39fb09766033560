from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Code, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.sites.site_checks.kinds import CheckList
from registry.sites.site_checks.models import SiteCheck
from registry.sites.site_checks.queries import is_latest_on
from registry.sites.standards.models import ITEMS
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import below

CheckId = Annotated[UUID, Path(title="检查编号")]
ITEM = "检查项"


class ItemCheck(Schema):
    item: Code = Field(title=ITEM, description="六有、五有五上墙、五联一化的取值见词汇 site_item;十条标准写 1 至 10")
    is_met: bool = Field(title="是否达到")
    photo_id: UUID | None = Field(default=None, title="照片编号", description="六有、五有五上墙达到的项须有照片")


class SiteCheckCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    check_list: CheckList = Field(title="检查清单")
    checked_on: BusinessDate = Field(title="检查日期")
    items: list[ItemCheck] = Field(min_length=1, max_length=ITEMS, title="各项结果", description="清单上的每一项写一次")


class ItemRead(Schema):
    item: str = Field(title=ITEM)
    name: str = Field(title="检查项名称")
    is_met: bool = Field(title="是否达到")
    photo_id: UUID | None = Field(title="照片编号")
    photo_name: str | None = Field(title="照片")


class SiteCheckRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    check_list: CheckList = Field(title="检查清单")
    standard_id: UUID | None = Field(title="标准编号")
    standard_name: str | None = Field(title="所依据的标准")
    checked_on: date = Field(title="检查日期")
    items: list[ItemRead] = Field(title="各项结果")
    expected: int = Field(title="项数")
    met: int = Field(title="达到项数")
    is_passed: bool = Field(title="是否合格", description="全部达到为合格")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SiteCheckSheet(Schema):
    organization_name: str = Field(title="党组织")
    check_list: CheckList = Field(title="检查清单")
    checked_on: date = Field(title="检查日期")
    expected: int = Field(title="项数")
    met: int = Field(title="达到项数")
    is_passed: bool = Field(title="是否合格")
    unmet: str = Field(title="未达到的项")
    void_reason: str | None = Field(title=VOID_REASON)


class SiteCheckListing(
    Listing,
    sortable=(SiteCheck.checked_on, SiteCheck.check_list, SiteCheck.met),
    order=(SiteCheck.checked_on.desc(), SiteCheck.id),
):
    organization_id: Annotated[UUID | None, equals(SiteCheck.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(SiteCheck.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    check_list: Annotated[list[CheckList], equals(SiteCheck.check_list)] = Field(
        default=[], max_length=4, title="检查清单"
    )
    is_passed: Annotated[bool | None, equals(SiteCheck.is_passed)] = Field(default=None, title="是否合格")
    from_day: Annotated[BusinessDate | None, at_least(SiteCheck.checked_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(SiteCheck.checked_on)] = Field(default=None, title="日期止")
    latest_on: Annotated[BusinessDate | None, Where(is_latest_on)] = Field(
        default=None, title="截至该日的最近一次检查", description="每个党组织、每份清单只列最近一次"
    )
    is_void: Annotated[bool, void_or_not(SiteCheck)] = Field(default=False, title="只列已作废的")


class ParkLinksRead(Schema):
    organization_id: UUID = Field(title="园区党组织编号")
    organization_name: str = Field(title="园区党组织")
    checked_on: date | None = Field(title="最近检查日期", description="没有检查过的为空,各项均为否")
    joint_setting_up: bool = Field(title="组织联建")
    joint_members: bool = Field(title="党员联管")
    joint_activities: bool = Field(title="活动联办")
    joint_sites: bool = Field(title="阵地联用")
    joint_services: bool = Field(title="服务联动")
    one_region: bool = Field(title="区域一体化")
    met: int = Field(title="达到项数")
    is_passed: bool = Field(title="是否合格")


class ParkLinksListing(
    Listing, sortable=(PartyOrganization.name,), order=(PartyOrganization.name, PartyOrganization.id)
):
    q: Annotated[OptionalText | None, contains(PartyOrganization.name)] = Field(default=None, title="按名称查找")
