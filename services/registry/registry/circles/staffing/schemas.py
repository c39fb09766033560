from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.staffing.kinds import CentreStaffKind
from registry.circles.staffing.models import CentreStaff
from registry.circles.staffing.queries import serving_on

StaffId = Annotated[UUID, Path(title="派驻编号")]


class CentreStaffCreate(Schema):
    circle_id: UUID = Field(title="活动圈")
    kind: CentreStaffKind = Field(title="派驻类别")
    person_name: Name = Field(title="姓名")
    valid_from: BusinessDate = Field(title="派驻日期")


class CentreStaffEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期")


class CentreStaffRead(Schema):
    id: UUID = Field(title="编号")
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    organization_id: UUID = Field(title="中心所属党组织编号")
    organization_name: str = Field(title="中心所属党组织")
    kind: CentreStaffKind = Field(title="派驻类别")
    person_name: str = Field(title="姓名")
    valid_from: date = Field(title="派驻日期")
    ended_on: date | None = Field(title="结束日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CentreStaffListing(
    Listing, sortable=(CentreStaff.valid_from, CentreStaff.kind), order=(CentreStaff.valid_from, CentreStaff.id)
):
    circle_id: Annotated[UUID | None, equals(CentreStaff.circle_id)] = Field(default=None, title="活动圈编号")
    kind: Annotated[CentreStaffKind | None, equals(CentreStaff.kind)] = Field(default=None, title="派驻类别")
    as_of: Annotated[BusinessDate | None, Where(serving_on)] = Field(default=None, title="该日在岗")
    is_void: Annotated[bool, void_or_not(CentreStaff)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(CentreStaff.person_name)] = Field(default=None, title="按姓名查找")
