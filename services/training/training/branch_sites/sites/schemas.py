from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.branch_sites.sites import queries
from training.branch_sites.sites.kinds import MustHave, SiteState, WithdrawalReason
from training.branch_sites.sites.models import BranchSite

SiteId = Annotated[UUID, Path(title="网上支部编号")]
Quota = Annotated[int, Field(ge=0, le=200)]
Days = Annotated[int, Field(ge=1, le=366)]
Hours = Annotated[int, Field(ge=1, le=720)]


class BranchSiteCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    name: Name = Field(title="网上支部名称")
    monthly_check_ins: Quota = Field(default=4, title="每名党员每月报到不少于(次)")
    monthly_posts: Quota = Field(default=10, title="每名党员每月留言不少于(次)")
    stale_days: Days = Field(default=60, title="超过多少天不更新为长期不更新")
    reply_hours: Hours = Field(default=24, title="留言须在多少小时内跟帖回应")


class BranchSiteCorrect(Schema):
    name: Name | None = Field(default=None, title="网上支部名称")
    monthly_check_ins: Quota | None = Field(default=None, title="每名党员每月报到不少于(次)")
    monthly_posts: Quota | None = Field(default=None, title="每名党员每月留言不少于(次)")
    stale_days: Days | None = Field(default=None, title="超过多少天不更新为长期不更新")
    reply_hours: Hours | None = Field(default=None, title="留言须在多少小时内跟帖回应")


class SiteCheck(Schema):
    met: list[MustHave] = Field(title="已具备的必备项", max_length=len(MustHave))


class SiteWithdraw(Schema):
    withdrawal: WithdrawalReason = Field(title="撤到后台的原因")


class SiteExemplary(Schema):
    is_exemplary: bool = Field(title="示范网上支部", strict=True)


class BranchSiteRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    name: str = Field(title="网上支部名称")
    state: SiteState = Field(title="状态")
    applied_on: date = Field(title="申请日期")
    met: list[MustHave] = Field(title="已具备的必备项")
    checked_on: date | None = Field(title="最近检查日期")
    online_on: date | None = Field(title="上线日期")
    withdrawn_on: date | None = Field(title="撤到后台的日期")
    withdrawal: WithdrawalReason | None = Field(title="撤到后台的原因")
    is_exemplary: bool = Field(title="示范网上支部")
    monthly_check_ins: int = Field(title="每名党员每月报到不少于(次)")
    monthly_posts: int = Field(title="每名党员每月留言不少于(次)")
    stale_days: int = Field(title="超过多少天不更新为长期不更新")
    reply_hours: int = Field(title="留言须在多少小时内跟帖回应")
    last_updated_on: date | None = Field(title="最近更新日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class BranchSiteListing(
    Listing,
    sortable=(BranchSite.applied_on, BranchSite.name, BranchSite.state),
    order=(BranchSite.applied_on, BranchSite.id),
):
    organization_id: Annotated[UUID | None, below(BranchSite.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    state: Annotated[list[SiteState], equals(BranchSite.state)] = Field(default=[], max_length=4, title="状态,可重复")
    is_exemplary: Annotated[bool | None, equals(BranchSite.is_exemplary)] = Field(default=None, title="示范网上支部")
    stale_on: Annotated[BusinessDate | None, Where(queries.is_stale_on)] = Field(
        default=None, title="该日长期不更新的", description="已上线,最近更新或上线至该日超过规定天数"
    )
    applied_from: Annotated[BusinessDate | None, at_least(BranchSite.applied_on)] = Field(
        default=None, title="申请日期起"
    )
    applied_to: Annotated[BusinessDate | None, at_most(BranchSite.applied_on)] = Field(default=None, title="申请日期止")
    is_void: Annotated[bool, void_or_not(BranchSite)] = Field(default=False, title="只列已作废的")
    q: Annotated[Name | None, contains(BranchSite.name)] = Field(default=None, title="名称中的文字")


class SiteFigures(Schema):
    total: int = Field(title="申请总数")
    applied: int = Field(title="已申请、未检查")
    nurtured: int = Field(title="后台培育")
    online: int = Field(title="已上线")
    withdrawn: int = Field(title="已撤到后台")
    exemplary: int = Field(title="示范网上支部")
    planned: int | None = Field(title="计划上线数")
    lacking: int | None = Field(title="距计划还差")
