from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, Schema
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.memberships.models import CircleMembership
from registry.circles.memberships.queries import in_force_on, of_groups

MembershipId = Annotated[UUID, Path(title="会员编号")]
FAR = "是否超过一刻钟步行"


class CircleMembershipCreate(Schema):
    circle_id: UUID = Field(title="活动圈")
    organization_id: UUID | None = Field(default=None, title="团体会员(党组织)", description="其全体党员均可使用")
    member_id: UUID | None = Field(default=None, title="个人会员(党员)", description="与团体会员二者写一")
    walking_minutes: Count = Field(title="步行时间(分钟)")
    joined_on: BusinessDate = Field(title="入圈日期")


class CircleMembershipEnd(Schema):
    ended_on: BusinessDate = Field(title="退出日期")


class CircleMembershipRead(Schema):
    id: UUID = Field(title="编号")
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    member_id: UUID | None = Field(title="党员编号")
    member_name: str | None = Field(title="党员", description="团体会员为空")
    walking_minutes: int = Field(title="步行时间(分钟)")
    is_far: bool = Field(title=FAR)
    joined_on: date = Field(title="入圈日期")
    ended_on: date | None = Field(title="退出日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CircleMembershipListing(
    Listing,
    sortable=(CircleMembership.joined_on, CircleMembership.walking_minutes),
    order=(CircleMembership.joined_on, CircleMembership.id),
):
    circle_id: Annotated[UUID | None, equals(CircleMembership.circle_id)] = Field(default=None, title="活动圈编号")
    organization_id: Annotated[UUID | None, equals(CircleMembership.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    member_id: Annotated[UUID | None, equals(CircleMembership.member_id)] = Field(default=None, title="党员编号")
    is_group: Annotated[bool | None, Where(of_groups)] = Field(default=None, title="是否团体会员")
    is_far: Annotated[bool | None, equals(CircleMembership.is_far)] = Field(default=None, title=FAR)
    as_of: Annotated[BusinessDate | None, Where(in_force_on)] = Field(default=None, title="该日在圈")
    is_void: Annotated[bool, void_or_not(CircleMembership)] = Field(default=False, title="只列已作废的")


class CircleAccessRead(Schema):
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    as_of: date = Field(title="日期")
    has_access: bool = Field(title="可否使用")
    is_through_group: bool = Field(title="是否因团体会员而可使用")
