from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, equals
from registry.members.course_hours.models import CourseHours
from registry.members.members.queries import named


class CourseHoursRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="人员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="举办组织编号")
    organization_name: str = Field(title="举办组织")
    held_on: date = Field(title="举办日期")
    hours: Decimal = Field(title="学时")
    version: int = Field(title="版本")


class CourseHoursListing(
    Listing, sortable=(CourseHours.held_on, CourseHours.hours), order=(CourseHours.held_on.desc(), CourseHours.id)
):
    member_id: Annotated[UUID | None, equals(CourseHours.member_id)] = Field(default=None, title="人员编号")
    held_from: Annotated[BusinessDate | None, at_least(CourseHours.held_on)] = Field(default=None, title="举办日期起")
    held_to: Annotated[BusinessDate | None, at_most(CourseHours.held_on)] = Field(default=None, title="举办日期止")
    q: Annotated[OptionalText | None, Where(named(CourseHours.member_id))] = Field(default=None, title="按姓名查找")
