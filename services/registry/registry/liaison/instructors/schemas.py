from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Schema, Text
from registry.members.members.schemas import IdNumber
from registry.tree.posts.kinds import AppointmentSource


class InstructorCreate(Schema):
    name: Text = Field(title="姓名")
    id_number: IdNumber = Field(title="公民身份号码")
    organization_id: UUID = Field(title="选派组织")
    source: AppointmentSource | None = Field(default=None, title="来源")
    engaged_on: BusinessDate = Field(title="任职日期")
    released_on: BusinessDate | None = Field(default=None, title="届满日期", description="当日起不再任职")


class InstructorRead(Schema):
    id: UUID
    name: str = Field(title="姓名")
    id_number_masked: str = Field(title="公民身份号码(部分隐藏)")
    member_id: UUID | None = Field(title="本区在册党员")
    organization_id: UUID = Field(title="选派组织")
    root_id: UUID
    source: AppointmentSource | None = Field(title="来源")
    engaged_on: date = Field(title="任职日期")
    released_on: date | None = Field(title="届满日期")
    version: int


class InstructorAssignmentCreate(Schema):
    instructor_id: UUID = Field(title="党建指导员")
    unit_id: UUID = Field(title="服务单位")
    valid_from: BusinessDate = Field(title="起始日期")
    valid_to: BusinessDate | None = Field(default=None, title="结束日期", description="当日起不再服务")


class InstructorAssignmentEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期")


class InstructorAssignmentRead(Schema):
    id: UUID
    instructor_id: UUID
    unit_id: UUID
    root_id: UUID
    valid_from: date
    valid_to: date | None
