from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field, StringConstraints

from kit.edge import Schema
from records.listing import Listing, at_least, at_most, equals
from roster.queries import below
from training.branch_sites.months.models import SiteMonth, SiteParticipation

MonthId = Annotated[UUID, Path(title="月度编号")]
MonthText = Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", strict=True)]


class SiteCheckInCreate(Schema):
    branch_site_id: UUID = Field(title="网上支部")


class SiteCheckInRead(Schema):
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    checked_in_on: date = Field(title="报到日期")
    days_this_month: int = Field(title="本月已报到(天)")
    monthly_check_ins: int = Field(title="每月不少于(次)")


class SiteMonthCreate(Schema):
    branch_site_id: UUID = Field(title="网上支部")
    month: MonthText = Field(title="月份")


class SiteMonthRead(Schema):
    id: UUID = Field(title="编号")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    month: str = Field(title="月份")
    members: int = Field(title="党员数")
    check_ins: int = Field(title="报到次数")
    posts: int = Field(title="留言条数", description="同一党员当月内容重复的只计一条")
    expected_posts: int = Field(title="应留言条数", description="党员数乘以每月定额")
    met: int = Field(title="达到定额的党员数")
    is_kept: bool = Field(title="当月有更新、有互动")
    rank: int = Field(title="名次", description="本区当月按人均留言条数,相同的并列")
    revision: int = Field(title="第几次公布")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SiteMonthListing(
    Listing,
    sortable=(SiteMonth.month, SiteMonth.posts, SiteMonth.check_ins, SiteMonth.met),
    order=(SiteMonth.month.desc(), SiteMonth.id),
):
    branch_site_id: Annotated[UUID | None, equals(SiteMonth.branch_site_id)] = Field(default=None, title="网上支部编号")
    organization_id: Annotated[UUID | None, below(SiteMonth.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    month: Annotated[MonthText | None, equals(SiteMonth.month)] = Field(default=None, title="月份")
    is_kept: Annotated[bool | None, equals(SiteMonth.is_kept)] = Field(default=None, title="当月有更新、有互动")


class SiteParticipationRead(Schema):
    id: UUID = Field(title="编号")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    month: str = Field(title="月份")
    check_ins: int = Field(title="报到次数")
    posts: int = Field(title="留言条数")
    study_minutes: int = Field(title="学习用时(分钟)", description="只计学习类栏目,计入当月最后一天所在年度的学时")
    is_met: bool = Field(title="达到定额")


class SiteParticipationListing(
    Listing,
    sortable=(SiteParticipation.month, SiteParticipation.posts, SiteParticipation.check_ins),
    order=(SiteParticipation.month.desc(), SiteParticipation.id),
):
    branch_site_id: Annotated[UUID | None, equals(SiteParticipation.branch_site_id)] = Field(
        default=None, title="网上支部编号"
    )
    member_id: Annotated[UUID | None, equals(SiteParticipation.member_id)] = Field(default=None, title="党员编号")
    month: Annotated[MonthText | None, equals(SiteParticipation.month)] = Field(default=None, title="月份")
    month_from: Annotated[MonthText | None, at_least(SiteParticipation.month)] = Field(default=None, title="月份起")
    month_to: Annotated[MonthText | None, at_most(SiteParticipation.month)] = Field(default=None, title="月份止")
    is_met: Annotated[bool | None, equals(SiteParticipation.is_met)] = Field(default=None, title="达到定额")
